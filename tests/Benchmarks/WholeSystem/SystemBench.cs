using System.Globalization;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary><c>Benchmarks system [instruments…|quick]</c>: the whole screener at several sizes, simulator and servers on the same cores.</summary>
internal static class SystemBench
{
    private static readonly int[] Sizes = [1, 10, 100, 800];

    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is ["quick"])
        {
            await SystemRun.MeasureAsync(LoadOf(1) with { Minutes = 40 }, new BenchReport("system"));
            return;
        }

        var sizes = arguments.Length == 0 ? Sizes : [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var report = new BenchReport("system");
        foreach (var size in sizes) await SystemRun.MeasureAsync(LoadOf(size), report);
        if (sizes.Contains(800)) await SocketFreshness.MeasureAsync(report);
    }

    // A few instruments close every second, many every ten: a burst must be over before the next begins. A hundredth of 300 closes is three of them.
    private static SystemLoad LoadOf(int instruments) =>
        instruments <= 10 ? new(instruments, Rate: 4, Speed: 60, Minutes: instruments == 1 ? 302 : 60) : new(instruments, Rate: 8, Speed: 6, Minutes: 9);
}
