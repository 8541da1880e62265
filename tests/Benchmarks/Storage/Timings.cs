using System.Diagnostics;
using System.Globalization;

namespace CryptoScreener.Benchmarks.Storage;

/// <summary>How long repeated work took.</summary>
internal sealed class Timings(string name)
{
    private readonly List<double> _milliseconds = [];

    internal double Median => At(0.5);

    internal double P95 => At(0.95);

    internal async Task MeasureAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    internal void Report(string target, string? more = null) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-46} median {Median,8:0.00} ms   p95 {At(0.95),8:0.00} ms   {more,-22} {target}"));

    private double At(double quantile)
    {
        _milliseconds.Sort();
        return _milliseconds[(int)(quantile * (_milliseconds.Count - 1))];
    }
}
