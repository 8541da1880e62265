namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>Tests that listen to, or measure, the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "NATS, alone";
}
