namespace CryptoScreener.Benchmarks.Nats;

/// <summary>One scenario on either side: the best of the rounds on either side.</summary>
internal sealed record Comparison(string What, double Raw, double Ours, double AllocatedBytes)
{
    /// <summary>Rounds alternate between the two sides, so that a busy moment of the machine hits both.</summary>
    public static async Task<Comparison> OfAsync(
        string what, int messages, Func<int, Task<TimeSpan>> raw, Func<int, Task<TimeSpan>> ours, int rounds = 3)
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

        return new Comparison(what, messages / bestRaw.TotalSeconds, messages / bestOurs.TotalSeconds, allocated);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
