namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>A calculator in a process of its own, until its input ends or it is killed. It stores states as often as it can, so that kills meet them.</summary>
internal static class CalculatorProcess
{
    internal const string Verb = "calculate";

    internal static async Task<int> RunAsync(string natsUrl, string database, string instance)
    {
        await using var calculator = await RunningCalculator.StartAsync(natsUrl, database, instance, ("Calculator:StateSeconds", "1"));
        Console.WriteLine("running");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
