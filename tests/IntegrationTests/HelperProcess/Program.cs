using CryptoScreener.IntegrationTests.Calculator;
using CryptoScreener.IntegrationTests.LocalServers;
using CryptoScreener.IntegrationTests.Storage.Ownership;
using CryptoScreener.IntegrationTests.Storage.Schema;

// The entry point of this assembly when a test starts it as a process of its own, to race it or to kill it.
return args switch
{
    ["hold-servers"] => await HoldServers.RunAsync(),
    ["migrate", var connectionString] => await MigrateOnce.RunAsync(connectionString),
    [CalculatorProcess.Verb, var natsUrl, var database, var instance] => await CalculatorProcess.RunAsync(natsUrl, database, instance),
    ["own-partitions", var connectionString, var owner] => await PartitionOwner.RunAsync(connectionString, owner),
    _ => throw new ArgumentException($"Tests run with 'dotnet test'. Unknown verb: {string.Join(' ', args)}"),
};
