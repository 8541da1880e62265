using CryptoScreener.ExchangeSimulator;
using CryptoScreener.ExchangeSimulator.Recording;

// For container engines: the image holds neither a shell nor curl. Asks the simulator that runs beside this process.
if (args is ["--probe", var address])
{
    using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
    try
    {
        using var answer = await client.GetAsync(new Uri(address));
        return answer.IsSuccessStatusCode ? 0 : 1;
    }
    catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
    {
        Console.Error.WriteLine($"{address} does not answer: {e.Message}");
        return 1;
    }
}

try
{
    var options = SimulatorOptions.Read(args);
    if (options.Record is not null) await Recorder.RunAsync(options, TimeProvider.System);
    else await Simulator.RunAsync(options);
    return 0;
}
catch (SettingsException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
