using CryptoScreener.ExchangeSimulator;

await using var simulator = Simulator.Build(args);
await simulator.StartAsync();
Console.WriteLine($"Exchange simulator on {string.Join(' ', simulator.Urls)} (SIMULATED data)");
await simulator.WaitForShutdownAsync();
