using CryptoScreener.ExchangeSimulator;
using CryptoScreener.ExchangeSimulator.Recording;

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
