using CryptoScreener.EndToEndTests.Backup;
using CryptoScreener.EndToEndTests.Chaos;
using CryptoScreener.EndToEndTests.Operations;
using CryptoScreener.EndToEndTests.Truth;
using CryptoScreener.Testing;

[assembly: TestCollectionOrderer("CryptoScreener.EndToEndTests.Order", "CryptoScreener.EndToEndTests")]

namespace CryptoScreener.EndToEndTests;

public sealed class Order() : LongestFirst(
    typeof(RunningStackScriptTests), typeof(LostMachineTests), typeof(ChaosTests), typeof(OwnerKilledTests), typeof(TruthTests), typeof(OutageTests), typeof(RotationTests), typeof(ProdCheckTests));
