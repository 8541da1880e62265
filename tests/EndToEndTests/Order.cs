using CryptoScreener.EndToEndTests.Backup;
using CryptoScreener.EndToEndTests.Chaos;
using CryptoScreener.EndToEndTests.Operations;
using CryptoScreener.EndToEndTests.Truth;
using CryptoScreener.Testing;

[assembly: TestCollectionOrderer("CryptoScreener.EndToEndTests.Order", "CryptoScreener.EndToEndTests")]

namespace CryptoScreener.EndToEndTests;

public sealed class Order() : LongestFirst(
    typeof(OwnerKilledTests), typeof(RunningStackScriptTests), typeof(OutageTests), typeof(LostMachineTests), typeof(ChaosTests), typeof(TruthTests), typeof(RotationTests), typeof(ProdCheckTests));
