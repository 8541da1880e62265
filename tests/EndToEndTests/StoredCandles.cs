using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.EndToEndTests;

/// <summary>Compares what the database holds with what the exchange says really traded.</summary>
internal sealed class StoredCandles : IAsyncDisposable
{
    private readonly RunningScreener _screener;
    private readonly IHost _host;
    private readonly HttpClient _http = new();

    public StoredCandles(RunningScreener screener)
    {
        _screener = screener;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", screener.Stack.DatabaseConnection)]);
        builder.Services.AddLogging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        _host = builder.Build();
    }

    /// <summary>Open time of the newest minute that is stored for every instrument that is traded; 0 when one has none.</summary>
    public Task<long> NewestCompleteAsync() => _host.Services.GetRequiredService<WhenAvailable>().RunAsync("the test", _ => ReadNewestAsync(), CancellationToken.None);

    /// <summary>Every instrument gets newly closed minutes into the database.</summary>
    public async Task FlowAsync(string when)
    {
        var now = await _screener.TimeAsync();
        await Eventually.TrueAsync(async () => await NewestCompleteAsync() > now + Timeframe.MinuteMs, $"minutes close into the database {when}");
    }

    private async Task<long> ReadNewestAsync()
    {
        var (instruments, candles) = Stores();
        var rows = (await instruments.ListAsync()).Where(row => row.Status == InstrumentStatus.Trading).ToList();
        var coverage = await candles.CoverageAsync([.. rows.Select(r => r.Id)], Timeframe.OneMinute, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        return coverage.Count < rows.Count || rows.Count == 0 ? 0 : coverage.Min(c => c.Last);
    }

    /// <summary>Each instrument's stored candles of the range become equal to the truth, each minute once, when the last repairs are done.</summary>
    public async Task BecomeTruthAsync(long from, long through)
    {
        var rows = await InstrumentsAsync();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            IReadOnlyList<string> wrong = [];
            await Eventually.TrueAsync(
                async () => (wrong = await DifferencesAsync(row, from, through)).Count == 0,
                () => $"{row.Instrument} is stored as it traded, but{Environment.NewLine}{string.Join(Environment.NewLine, wrong.Take(20))}");
        }
    }

    /// <summary>Where what is stored of the range differs from the truth now.</summary>
    public async Task<IReadOnlyList<string>> WrongAsync(long from, long through)
    {
        var wrong = new List<string>();
        foreach (var row in await InstrumentsAsync())
            wrong.AddRange((await DifferencesAsync(row, from, through)).Select(difference => $"{row.Instrument}: {difference}"));
        return wrong;
    }

    public async Task<IReadOnlyList<InstrumentRow>> InstrumentsAsync() => await Stores().Instruments.ListAsync();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private async Task<IReadOnlyList<string>> DifferencesAsync(InstrumentRow row, long from, long through)
    {
        var truth = await TruthAsync(row.Instrument, from, through);
        Assert.NotEmpty(truth);
        var stored = new List<Candle>();
        await Stores().Candles.ReadAsync(row.Id, Timeframe.OneMinute, from, through, stored);
        return
        [
            .. truth.Keys.Except(stored.Select(c => c.OpenTime)).Select(minute => $"{minute} is missing"),
            .. stored.Where(c => !IsTrue(c, truth)).Select(c => $"stored {c}, traded {truth.GetValueOrDefault(c.OpenTime)}"),
        ];
    }

    /// <summary>What an exchange does not tell cannot be wrong.</summary>
    public static bool IsTrue(in Candle told, IReadOnlyDictionary<long, Candle> truth) =>
        truth.TryGetValue(told.OpenTime, out var traded)
        && told == (told.Trades == Candle.UnknownTrades
            ? traded with { Trades = Candle.UnknownTrades, TakerBuyVolume = double.NaN, TakerBuyQuoteVolume = double.NaN }
            : traded);

    public async Task<IReadOnlyDictionary<long, Candle>> TruthAsync(InstrumentId instrument, long from, long through)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"/sim/truth/klines?exchange={instrument.Exchange}&symbol={instrument.Symbol}&interval=1m&from={from}&to={through}");
        using var json = JsonDocument.Parse(await _http.GetStringAsync(_screener.Simulator(path)));
        return json.RootElement.EnumerateArray().Select(r => new Candle(
            r[0].GetInt64(), Number(r[1]), Number(r[2]), Number(r[3]), Number(r[4]), Number(r[5]), Number(r[7]), r[8].GetInt64(), Number(r[9]), Number(r[10])))
            .ToDictionary(c => c.OpenTime);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }

    private (InstrumentStore Instruments, CandleReader Candles) Stores() =>
        (_host.Services.GetRequiredService<InstrumentStore>(), _host.Services.GetRequiredService<CandleReader>());

    private static double Number(JsonElement text) => double.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
