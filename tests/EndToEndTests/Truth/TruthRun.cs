using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Truth;

/// <summary>
/// Two collectors that share the work, of which one is killed on the way, and what stores their candles, against a simulator
/// that does everything wrong an exchange can do.
/// </summary>
internal sealed class TruthRun : IAsyncDisposable
{
    private const long Minute = 60_000;
    private const int Speed = 40;

    private readonly RunningScreener _screener;
    private readonly StoredCandles _stored;
    private readonly HttpClient _http = new();
    private readonly ExchangeListings _listings;
    private readonly TimeSpan _length;
    private readonly long _from;
    private HashSet<InstrumentId> _first = [];

    private TruthRun(RunningScreener screener, IReadOnlyList<string> exchanges, TimeSpan length, long now)
    {
        (_screener, _length) = (screener, length);
        _stored = new StoredCandles(screener);
        _listings = new ExchangeListings(screener, exchanges, _http);
        _from = (now / Minute * Minute) - (30 * Minute);
    }

    /// <param name="length">Of one schedule, by our clock: the exchanges' goes forty times as fast.</param>
    /// <param name="schedules">How many may pass: each lists instruments that must be there.</param>
    public static async Task<TruthRun> StartAsync(IReadOnlyList<string> exchanges, int instruments, TimeSpan length, int schedules)
    {
        // Lists that are read every seven of the market's minutes cost a quarter of Binance's weight, which is counted by our clock.
        var settings = new Dictionary<string, string>(FastCollector.Settings) { ["Collector__RefreshSeconds"] = "10" };
        var screener = await RunningScreener.StartAsync(
            ["--instruments", $"{instruments}", "--reserve", $"{Math.Min(1_000, schedules * FaultSchedule.Listings(length))}"], settings, test: "Truth", exchanges: exchanges,
            only: ["data-collector", "data-collector", "metrics-calculator"]);
        var run = new TruthRun(screener, exchanges, length, await screener.TimeAsync());
        run._first = [.. (await run.ListedAsync("every exchange is listed")).Select(row => row.Instrument)];
        return run;
    }

    /// <summary>Lets the schedule of one seed pass, waits until all is repaired, and checks everything since the start.</summary>
    public async Task PassAsync(int seed)
    {
        var instruments = await _stored.InstrumentsAsync();
        var symbols = instruments.Where(IsTraded).GroupBy(i => i.Instrument.Exchange).ToDictionary(g => g.Key, g => g.Select(i => i.Instrument.Symbol).ToArray());
        await _screener.SetSpeedAsync(Speed);
        (await _http.PostAsJsonAsync(_screener.Simulator("/sim/faults"), FaultSchedule.Of(seed, _length, symbols))).EnsureSuccessStatusCode();
        var start = await _screener.TimeAsync();
        var end = start + (long)(_length.TotalMilliseconds * Speed);
        var (victim, at) = VictimOf(seed);
        await UntilAsync(start + (long)(at * (end - start)));
        await victim.KillAsync();
        await UntilAsync(end);
        await victim.StartAsync(CancellationToken.None);
        (await _http.DeleteAsync(_screener.Simulator("/sim/faults"))).EnsureSuccessStatusCode();

        var through = (end / Minute * Minute) + (2 * Minute); // what is listed last has traded by then
        await UntilAsync(through);
        await _screener.SetSpeedAsync(4); // goes on, so that what closes last is followed by something
        await ListedAsync("what came and went is noted");
        await Eventually.TrueAsync(async () => await _stored.NewestCompleteAsync() >= through, "every instrument's candles arrive again");
        await _stored.BecomeTruthAsync(_from, through);
        await NoGapStaysOpenAsync(through);
        await CheckBusAsync(through);
        await NobodyIsBannedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stored.DisposeAsync();
        await _screener.DisposeAsync();
    }

    private static bool IsTraded(InstrumentRow row) => row.Status == InstrumentStatus.Trading;

    /// <summary>Every instrument, when the database says of all what their exchanges do.</summary>
    private async Task<IReadOnlyList<InstrumentRow>> ListedAsync(string what)
    {
        IReadOnlyList<InstrumentRow> rows = [];
        IReadOnlyList<string> wrong = [];
        await Eventually.TrueAsync(
            async () => (wrong = await _listings.DifferencesAsync(rows = await _stored.InstrumentsAsync())).Count == 0,
            () => $"{what}, but {string.Join("; ", wrong.Take(5))}");
        return rows;
    }

    /// <summary>Who is killed, and when: in the middle of the schedule.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Reproducible by its seed.")]
    private (LocalProgram Collector, double At) VictimOf(int seed)
    {
        var random = new Random(seed);
        return (_screener.Stack.Worker("data-collector", random.Next(2)), 0.2 + (0.4 * random.NextDouble()));
    }

    /// <summary>Schedules may last as long as one likes: time passes whatever happens.</summary>
    private async Task UntilAsync(long time)
    {
        while (await _screener.TimeAsync() < time) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
    }

    private async Task NoGapStaysOpenAsync(long through)
    {
        List<GapRow> open = [];
        await Eventually.TrueAsync(
            async () => (open = await _stored.Get<GapStore>().ListAsync(null, GapState.Found, _from, through, 1_000)).Count == 0,
            () => $"no gap stays open: {string.Join("; ", open.Take(5))}");
    }

    /// <summary>Unlike an assertion about a collection, it shows what is in it.</summary>
    private static void NothingIn(IEnumerable<string> wrong) => Assert.Equal("", string.Join(Environment.NewLine, wrong.Take(20)));

    /// <summary>The exchanges' limits are those of real life, per minute of real time, however fast the market's minutes pass.</summary>
    private async Task NobodyIsBannedAsync()
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync(_screener.Simulator("/sim/limits")));
        foreach (var exchange in json.RootElement.EnumerateObject()) Assert.Equal((exchange.Name, 0), (exchange.Name, exchange.Value.GetProperty("banned").GetInt32()));
    }

    private async Task CheckBusAsync(long through)
    {
        var instruments = await _stored.InstrumentsAsync();
        var bus = new BusRecord([.. instruments.Where(row => IsTraded(row) && _first.Contains(row.Instrument)).Select(row => row.Instrument)]);
        await StoredMessages.ReadAllAsync(_screener.Stack.Nats.Url, Streams.Candles, message => bus.Add(message));
        var backfilled = new BackfilledMinutes();
        await StoredMessages.ReadAllAsync(_screener.Stack.Nats.Url, Streams.Feed, message => backfilled.Add(message));
        NothingIn(bus.Broken);
        foreach (var row in instruments)
        {
            var truth = await _stored.TruthAsync(row.Instrument, _from, through);
            // Of what a collector that takes over finds missing in the database it stores what the exchange says now, and announces it.
            NothingIn(bus.Counting
                .Where(c => c.Instrument == row.Instrument && c.Candle.OpenTime <= through && !StoredCandles.IsTrue(c.Candle, truth))
                .Where(c => !backfilled.Holds(c.Instrument, c.Candle.OpenTime))
                .Select(c => $"{c.Instrument}: said ({c.Source}) {c.Candle}, traded {truth.GetValueOrDefault(c.Candle.OpenTime)}"));
            var gaps = await _stored.Get<GapStore>().ListAsync(row.Id, null, _from, through, 10_000);
            NothingIn(bus.Missing
                .Where(m => m.Instrument == row.Instrument && m.Minute <= through && !gaps.Exists(g => g.From <= m.Minute && m.Minute <= g.Through))
                .Select(m => $"{m.Instrument}: {m.Minute} was called missing and is in no gap"));
        }
    }
}
