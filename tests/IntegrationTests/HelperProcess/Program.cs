using CryptoScreener.IntegrationTests.LocalServers;

// The entry point of this assembly when a test starts it as a process of its own, to be killed.
return args switch
{
    ["hold-servers"] => await HoldServers.RunAsync(),
    _ => throw new ArgumentException($"Tests run with 'dotnet test'. Unknown verb: {string.Join(' ', args)}"),
};
