using System.Globalization;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>One line of the result: the best of the rounds on either side.</summary>
internal sealed record Comparison(string What, double Raw, double Ours, double AllocatedBytes, string Upstream)
{
    private const double Goal = 0.6;

    public static string Header => $"{"",-34} {"raw/s",12} {"ours/s",12} {"ratio",7} {"B/message",10}  upstream/s";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What,-34} {Raw,12:N0} {Ours,12:N0} {Ours / Raw,7:P0} {AllocatedBytes,10:N1}  {Upstream}{(Ours / Raw < Goal ? "  (below 60 % of raw)" : "")}");

    /// <summary>Rounds alternate between the two sides, so that a busy moment of the machine hits both.</summary>
    public static async Task<Comparison> OfAsync(
        string what, string upstream, int messages, Func<int, Task<TimeSpan>> raw, Func<int, Task<TimeSpan>> ours, int rounds = 3)
    {
        var bestRaw = TimeSpan.MaxValue;
        var bestOurs = TimeSpan.MaxValue;
        var allocated = double.MaxValue;
        await ours(messages / 10);
        for (var round = 0; round < rounds; round++)
        {
            bestRaw = Min(bestRaw, await raw(messages));
            var before = GC.GetTotalAllocatedBytes(precise: true);
            bestOurs = Min(bestOurs, await ours(messages));
            allocated = Math.Min(allocated, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)messages);
        }

        return new Comparison(what, messages / bestRaw.TotalSeconds, messages / bestOurs.TotalSeconds, allocated, upstream);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
