namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>A calculator in a process of its own, until its input ends or it is killed.</summary>
internal static class CalculatorProcess
{
    internal const string Verb = "calculate";

    internal static async Task<int> RunAsync(string natsUrl, string database, string instance)
    {
        await using var calculator = await RunningCalculator.StartAsync(natsUrl, database, instance);
        Console.WriteLine("running");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
