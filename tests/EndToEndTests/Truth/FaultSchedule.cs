using System.Diagnostics.CodeAnalysis;

namespace CryptoScreener.EndToEndTests.Truth;

/// <summary>Every kind of fault of the simulator at random times, on random exchanges and instruments. The same seed, the same schedule.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Reproducible by its seed.")]
internal static class FaultSchedule
{
    private static readonly Func<Random, Dictionary<string, object>>[] Kinds =
    [
        _ => Of("drop"), // all at once: a mass disconnect
        _ => Of("drop", ("count", 1)),
        _ => Of("half_open", ("count", 1)),
        _ => Of("cut", ("count", 1)),
        _ => Of("server_shutdown", ("seconds", 1)),
        r => Of("refuse", ("seconds", 1 + (2 * r.NextDouble()))),
        r => Of("stall", ("seconds", 1 + (3 * r.NextDouble()))),
        r => Of("omit_closing", ("count", 1 + r.Next(5))),
        r => Of("duplicate_closing", ("count", 1 + r.Next(5))),
        r => Of("late_closing", ("count", 1 + r.Next(5)), ("delay_ms", r.Next(100, 3_000))),
        r => Of("reorder", ("count", 1 + r.Next(10))),
        r => Of("malformed", ("count", 1 + r.Next(10))),
        _ => Of("truncated"),
        r => Of("absurd", ("count", 1 + r.Next(10))),
        r => Of("correct", ("minutes_ago", 1 + r.Next(5))),
        r => Of("rest_error", ("seconds", 1 + (2 * r.NextDouble())), ("status", r.Next(2) == 0 ? 503 : 429), ("delay_ms", 1_000)),
        r => Of("slow_rest", ("seconds", 1 + (2 * r.NextDouble())), ("delay_ms", r.Next(200, 1_500))),
        r => Of("clock_skew", ("seconds", 1 + (2 * r.NextDouble())), ("shift_ms", r.Next(-20_000, 20_000))),
    ];

    private static readonly HashSet<string> OfOneInstrument = ["stall", "correct"];
    private static readonly HashSet<string> OfFrames = ["omit_closing", "duplicate_closing", "late_closing", "reorder", "malformed", "truncated", "absurd"];

    /// <summary>How many instruments come and go in a schedule of this length.</summary>
    public static int Listings(TimeSpan length) => Rounds(length) / 2;

    /// <summary>Each kind twice in twelve seconds, in any order; in the same time one instrument comes and another goes.</summary>
    /// <param name="symbols">What each exchange trades now.</param>
    public static IReadOnlyList<Dictionary<string, object>> Of(int seed, TimeSpan length, IReadOnlyDictionary<string, string[]> symbols)
    {
        var random = new Random(seed);
        string[] exchanges = [.. symbols.Keys.Order(StringComparer.Ordinal)];
        var staying = symbols.ToDictionary(s => s.Key, s => s.Value.ToList());
        var orders = new List<Dictionary<string, object>>();
        var rounds = Rounds(length);
        for (var i = 0; i < Listings(length); i++) orders.AddRange(ComingAndGoing(random, staying, exchanges[random.Next(exchanges.Length)]));
        foreach (var kind in Enumerable.Repeat(Kinds, rounds).SelectMany(kinds => kinds))
        {
            var order = kind(random);
            var name = (string)order["kind"];
            var exchange = exchanges[random.Next(exchanges.Length)];
            order["exchange"] = exchange;
            if (OfOneInstrument.Contains(name) || (OfFrames.Contains(name) && random.Next(2) == 0))
                order["symbol"] = staying[exchange][random.Next(staying[exchange].Count)];
            orders.Add(order);
        }

        foreach (var order in orders) order["after"] = random.NextDouble() * length.TotalSeconds;
        return orders;
    }

    private static int Rounds(TimeSpan length) => Math.Max(2, (int)(length / TimeSpan.FromSeconds(6)));

    /// <summary>On the same exchange, so that none runs out of instruments. What goes is corrected no more: nobody asks for it again.</summary>
    private static Dictionary<string, object>[] ComingAndGoing(Random random, Dictionary<string, List<string>> staying, string exchange)
    {
        var coming = Of("list", ("exchange", exchange));
        if (staying[exchange].Count < 2) return [coming];
        var going = staying[exchange][random.Next(staying[exchange].Count)];
        staying[exchange].Remove(going);
        return [coming, Of("delist", ("exchange", exchange), ("symbol", going))];
    }

    private static Dictionary<string, object> Of(string kind, params ReadOnlySpan<(string Name, object Value)> settings)
    {
        var order = new Dictionary<string, object> { ["kind"] = kind };
        foreach (var (name, value) in settings) order[name] = value;
        return order;
    }
}
