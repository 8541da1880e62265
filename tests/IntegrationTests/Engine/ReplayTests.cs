using System.Diagnostics.Metrics;
using CryptoScreener.AlertEngine;
using CryptoScreener.AlertEngine.Replay;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Replays;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>Replays over stored minutes, from the queue to the answer.</summary>
public sealed class ReplayTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Minutes = 3 * 1440;
    private static readonly long Start = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly InstrumentId[] Instruments = [new("test", "AUSDT"), new("test", "BUSDT"), new("other", "AUSDT")];

    [Fact]
    public async Task Every_firing_comes_with_what_the_price_did_next()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var tapes = await FillAsync(storage);
        var rule = Rule("up", "change(5m) > 0.5", "5m");
        var request = new ReplayRequest { Rules = [rule, Rule("never", "price < 0", "1m")], From = Start + (1440 * Timeframe.MinuteMs), To = Start + (2 * 1440 * Timeframe.MinuteMs), Exchanges = ["test"] };

        var result = await RunAsync(storage, request, threads: 2);

        Assert.Equal((2L, 2 * 1440L), (result.Instruments, result.Minutes));
        var (up, never) = (result.Rules[0], result.Rules[1]);
        Assert.Equal((false, false, 0), (up.Approximate, never.Approximate, never.FiringsTotal));
        Assert.True(up.FiringsTotal > 10);
        Assert.All(up.Firings, firing => Assert.True(firing.Metadata["change(5m)"] > 0.5));

        // Straight from the tape: the close of the last minute of each 5m bar against that of its first.
        var expected = new List<(string Symbol, DateTime At, double After15)>();
        foreach (var (id, tape) in tapes.Where(t => t.Key.Exchange == "test"))
        {
            for (var i = 1440 + 4; i < 2 * 1440; i += 5)
            {
                if (((tape[i].Close / tape[i - 4].Close) - 1) * 100 > 0.5)
                    expected.Add((id.Symbol, DateTimeOffset.FromUnixTimeMilliseconds(tape[i].OpenTime + 60_000).UtcDateTime, ((tape[i + 15].Close / tape[i].Close) - 1) * 100));
            }
        }

        Assert.Equal(expected.Order(), up.Firings.Select(f => (f.Symbol, f.At, f.Returns["15m"])).Order());
        Assert.Equal(expected.Average(e => e.After15), up.Summary["15m"].Mean!.Value, 9);
        Assert.True(up.Summary["1h"].BaselineCount > 2);
        Assert.Equal(up.Summary["1h"].BaselineMean, never.Summary["1h"].BaselineMean);
    }

    [Fact]
    public async Task The_answer_does_not_depend_on_the_threads()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await FillAsync(storage);
        var request = new ReplayRequest { Rules = [Rule("up", "rsi(14, 15m) > 55", "15m")], From = Start, To = Start + (Minutes * Timeframe.MinuteMs) };
        Assert.Equal((await RunAsync(storage, request, 1)).ToJson(), (await RunAsync(storage, request, 3)).ToJson());
    }

    [Fact]
    public async Task Packed_reads_give_what_other_reads_give()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await FillAsync(storage);
        var ids = await storage.Get<InstrumentStore>().ResolveAsync(Instruments);
        await storage.ExecuteAsync("UPDATE candles_minute SET trades = NULL, taker_buy_volume = NULL, taker_buy_quote_volume = NULL WHERE extract(minute FROM open_time) = 7");
        var (packed, few, read) = (new List<(int, Candle)>(), new List<(int, Candle)>(), new List<(int, Candle)>());
        var reader = storage.Get<CandleReader>();
        var through = Start + (30 * Timeframe.OneDay.Milliseconds);
        await reader.ReadPackedAsync(ids.ToArray(), Timeframe.OneMinute, Start + 60_000, through, CandleParts.All, (int id, in Candle candle) => packed.Add((id, candle)));
        await reader.ReadPackedAsync(
            ids.ToArray(), Timeframe.OneMinute, Start + 60_000, through, CandleParts.Low | CandleParts.QuoteVolume, (int id, in Candle candle) => few.Add((id, candle)));
        await reader.ReadManyAsync(ids.ToArray(), Timeframe.OneMinute, Start + 60_000, (int id, in Candle candle, CandleSource source) => read.Add((id, candle)));
        Assert.Equal(3 * (Minutes - 1), packed.Count);
        Assert.Equal(read, packed);
        Assert.Equal(read.Select(row => (row.Item1, Few(row.Item2))), few);
        await reader.ReadPackedAsync(ids.ToArray(), Timeframe.OneMinute, 60_000, 120_000, CandleParts.All, (int _, in Candle _) => Assert.Fail("there is nothing"));

        static Candle Few(Candle c) => new(c.OpenTime, c.Close, c.Close, c.Low, c.Close, double.NaN, c.QuoteVolume, Candle.UnknownTrades, double.NaN, double.NaN);
    }

    [Fact]
    public async Task An_engine_takes_replays_from_the_queue_tells_mistakes_and_stops_when_one_is_cancelled()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await FillAsync(storage);
        var store = storage.Get<ReplayStore>();
        using var host = Engine(storage);
        using var counted = new CountedReplays(host.Services.GetRequiredService<IMeterFactory>());
        await host.StartAsync();
        var good = await store.AddAsync(null, new ReplayRequest { Rules = [Rule("up", "change(5m) > 0.5", "5m")], From = Start, To = Start + (Minutes * Timeframe.MinuteMs) });
        var bad = await store.AddAsync(null, new ReplayRequest { Rules = [Rule("up", "nonsense > 1", "5m")], From = Start, To = Start + 60_000 });
        await Eventually.TrueAsync(async () => (await store.FindAsync(good!))!.State == ReplayState.Done, "the replay is done");
        await Eventually.TrueAsync(async () => (await store.FindAsync(bad!))!.State == ReplayState.Failed, "the mistake is told");
        Assert.Contains("\"firings_total\"", (await store.FindAsync(good!))!.Result, StringComparison.Ordinal);
        Assert.Contains("nonsense", (await store.FindAsync(bad!))!.Error, StringComparison.Ordinal);

        // Years without candles take a while to walk through.
        var cancelled = await store.AddAsync(null, new ReplayRequest { Rules = [Rule("up", "change(5m) > 0.5", "5m")], From = Timeframe.OneDay.Milliseconds * 40, To = Start });
        await Eventually.TrueAsync(async () => (await store.FindAsync(cancelled!))!.State == ReplayState.Running, "the long one runs");
        Assert.True(await store.CancelAsync(cancelled!));
        var next = await store.AddAsync(null, new ReplayRequest { Rules = [Rule("up", "change(5m) > 0.5", "5m")], From = Start, To = Start + 60_000 });
        await Eventually.TrueAsync(async () => (await store.FindAsync(next!))!.State == ReplayState.Done, "the one behind the cancelled one is done");
        Assert.Equal(ReplayState.Cancelled, (await store.FindAsync(cancelled!))!.State);
        await Eventually.TrueAsync(() => Task.FromResult(counted.ByResult == "cancelled:1 ok:2 refused:1"), () => $"each is counted by its result, not {counted.ByResult}");
        Assert.Equal(4, counted.Durations);
        await host.StopAsync();
    }

    private static IHost Engine(TestStorage storage)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMetrics().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(new EngineOptions())
            .AddSingleton(storage.Get<ReplayStore>()).AddSingleton(storage.Get<InstrumentStore>()).AddSingleton(storage.Get<CandleReader>())
            .AddSingleton(new WhenAvailable(TimeProvider.System, NullLogger<WhenAvailable>.Instance))
            .AddReplay();
        return builder.Build();
    }

    private static Task<ReplayResult> RunAsync(TestStorage storage, ReplayRequest request, int threads) =>
        new ReplayRunner(storage.Get<InstrumentStore>(), storage.Get<CandleReader>(), new EngineOptions { ReplayThreads = threads })
            .RunAsync(request, _ => { }, CancellationToken.None);

    private async Task<Dictionary<InstrumentId, Candle[]>> FillAsync(TestStorage storage)
    {
        var random = Seeded.Random(output);
        var ids = await storage.Get<InstrumentStore>().ResolveAsync(Instruments);
        var tapes = Instruments.ToDictionary(id => id, _ => Walk(random));
        var rows = Instruments.SelectMany((id, i) => tapes[id].Select(candle => new CandleRow(ids[i], Timeframe.OneMinute, candle, CandleSource.Exchange))).ToArray();
        await storage.Get<CandleWriter>().WriteAsync(rows, CancellationToken.None);
        return tapes;
    }

    private static Candle[] Walk(Random random)
    {
        var price = 100.0;
        return [.. Enumerable.Range(0, Minutes).Select(i =>
        {
            var open = price;
            price *= 1 + ((random.NextDouble() - 0.5) * 0.006);
            return new Candle(
                Start + (i * Timeframe.MinuteMs), open, Math.Max(open, price) * 1.001, Math.Min(open, price) * 0.999, price, 1 + i, (1 + i) * price, i, i / 2.0, i * price / 2);
        })];
    }

    private static RuleDefinition Rule(string id, string expression, string bar) => new()
    {
        Id = id,
        Version = 1,
        Name = id,
        RuleType = "custom",
        Expression = expression,
        Trigger = new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = bar },
    };
}
