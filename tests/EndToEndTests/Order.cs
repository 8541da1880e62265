using CryptoScreener.EndToEndTests.Backup;
using CryptoScreener.EndToEndTests.Chaos;
using CryptoScreener.EndToEndTests.Monitoring;
using CryptoScreener.EndToEndTests.Operations;
using CryptoScreener.EndToEndTests.Outages;
using CryptoScreener.EndToEndTests.Truth;
using CryptoScreener.Testing;

[assembly: TestCollectionOrderer("CryptoScreener.EndToEndTests.Order", "CryptoScreener.EndToEndTests")]

namespace CryptoScreener.EndToEndTests;

public sealed class Order() : LongestFirst(
    typeof(OutageTests), typeof(ProdCheckTests), typeof(OwnerKilledTests), typeof(ScriptedTapeTests), typeof(MonitoringTests), typeof(RunningStackScriptTests), typeof(TruthTests),
    typeof(RecoveryTests), typeof(BackupTests), typeof(ChaosTests));
