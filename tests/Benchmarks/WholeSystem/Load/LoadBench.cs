using System.Globalization;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>
/// <c>Benchmarks load [instruments] [updates a second and instrument] [sockets]</c>: the whole screener under twice as many updates from step to step
/// until a stage falls behind, which is named. <c>Benchmarks load scale [instruments…]</c>: what each size takes, and every route of the API meanwhile.
/// </summary>
internal static class LoadBench
{
    private const int MostSteps = 7; // 1,600 instruments are then told of 160,000 updates a second: one in sixteen is dead, and the sixth step ends below 100,000
    private const int Fastest = 100; // what the simulator tells of an instrument in a second
    private static readonly int[] Sizes = [1, 10, 100, 800, 5_000];

    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is ["scale", .. var sizes])
        {
            await ScaleTable.RunAsync(sizes.Length == 0 ? Sizes : [.. sizes.Select(Number)]);
            return;
        }

        var (instruments, rate, sockets) = (NumberAt(arguments, 0, 800), NumberAt(arguments, 1, 4), NumberAt(arguments, 2, 20));
        var report = new BenchReport("load");
        var (best, at, behind) = (0.0, "no step", (string?)null);
        try
        {
            for (var step = 0; step < MostSteps && behind is null; step++)
            {
                var result = await LoadStep.MeasureAsync(instruments, rate, sockets, report);
                behind = result.Behind;
                // A step in which something fell behind says nothing of what is sustained, also when there is no other.
                if (behind is null && result.UpdatesPerSecond > best) (best, at) = (result.UpdatesPerSecond, $"{instruments} instruments, {rate}/s each");
                (instruments, rate) = rate < Fastest ? (instruments, Math.Min(rate * 2, Fastest)) : (instruments * 2, rate);
            }
        }
        finally // what was sustained counts also when a later step breaks
        {
            report.Add(Numbers.Sustained.Of($"{at}; then {behind ?? "nothing"} falls behind", best));
        }

        Console.WriteLine(behind is null ? "Nothing fell behind: try a higher RATE." : $"{behind} falls behind first, beyond {best.ToString("N0", CultureInfo.InvariantCulture)} updates a second.");
    }

    private static int NumberAt(string[] arguments, int index, int otherwise) => index < arguments.Length ? Number(arguments[index]) : otherwise;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
