using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Recording;

namespace CryptoScreener.ContractTests.Simulator;

public class RecordingTests
{
    private const int Minutes = 4;

    public static TheoryData<string, string, string, string, string> Exchanges => new()
    {
        { "binance-futures", "/market/stream", "btcusdt@kline_1m", "ethusdt@kline_1m", "/fapi/v1/exchangeInfo" },
        { "binance-spot", "/stream", "btcusdt@kline_1m", "ethusdt@kline_1m", "/api/v3/exchangeInfo" },
        { "bybit-linear", "/v5/public/linear", "kline.1.BTCUSDT", "kline.1.ETHUSDT", "/v5/market/instruments-info?category=linear" },
        { "okx-swap", "/ws/v5/business", "candle1m:BTC-USDT-SWAP", "candle1m:ETH-USDT-SWAP", "/api/v5/public/instruments?instType=SWAP" },
    };

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task A_replayed_recording_has_the_closed_candles_of_the_exchange_it_was_made_of(string name, string path, string bitcoin, string ether, string listing)
    {
        var (file, again) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            List<string> traded, replayed;
            await using (var exchange = await RunningSimulator.StartAsync("--speed", "0", "--start", "2026-03-04T12:34:30Z", "--leasttrades", "20", "--exchanges", name))
                traded = await RecordAsync(exchange, name, path, [bitcoin, ether], file);
            await using (var replay = await RunningSimulator.StartAsync("--replay", file, "--speed", "0", "--exchanges", name))
            {
                replayed = await RecordAsync(replay, name, path, [bitcoin, ether], again);
                Assert.Equal(2, CountOfInstruments(await replay.GetAsync($"/{name}{listing}")));
            }

            Assert.Equal(2 * Minutes, ClosedOf(file).Count);
            Assert.Equal(ClosedOf(file), ClosedOf(again));
            Assert.Equal(traded, replayed);
        }
        finally
        {
            File.Delete(file);
            File.Delete(again);
        }
    }

    [Fact]
    public async Task Each_exchange_replays_recordings_of_its_own_and_no_others()
    {
        var file = Path.GetTempFileName();
        try
        {
            await using (var exchange = await RunningSimulator.StartAsync("--speed", "0", "--exchanges", "okx-swap"))
                await RecordAsync(exchange, "okx-swap", "/ws/v5/business", ["candle1m:BTC-USDT-SWAP"], file);
            await using var replay = await RunningSimulator.StartAsync("--replay", file, "--speed", "0", "--exchanges", "okx-swap,bybit-linear");
            Assert.Equal(1, CountOfInstruments(await replay.GetAsync("/okx-swap/api/v5/public/instruments?instType=SWAP")));
            Assert.Equal(5, CountOfInstruments(await replay.GetAsync("/bybit-linear/v5/market/instruments-info?category=linear")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("btcusdt@kline_1m", "kline.1.BTCUSDT")]
    [InlineData("candle1m:BTC-USDT-SWAP", "BTCUSDT")]
    public void Streams_that_no_one_exchange_has_are_refused_with_the_ways_to_write_them(string one, string other)
    {
        var refusal = Assert.ThrowsAny<Exception>(() => StreamProtocol.Of([one, other]));
        Assert.Contains("candle1m:BTC-USDT-SWAP", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Records instruments while some minutes close, and returns what the exchange says of these minutes itself.</summary>
    private static async Task<List<string>> RecordAsync(RunningSimulator exchange, string name, string path, string[] streams, string file)
    {
        var protocol = StreamProtocol.Of(streams);
        var address = $"/{name}{path}";
        var recording = Recorder.RunAsync(new Uri(exchange.Sockets + address), streams, file, TimeProvider.System, CancellationToken.None);
        await exchange.UntilSubscribedAsync(streams.Length, name);
        await using var witness = await exchange.ConnectAsync(address);
        await witness.SendAsync(protocol.Subscribe(streams[^1..], 1));
        await exchange.UntilSubscribedAsync(streams.Length + 1, name);
        var from = await exchange.NowAsync() / 60_000 * 60_000;
        for (var closed = 0; closed < Minutes; closed++)
        {
            await exchange.AdvanceAsync(TimeSpan.FromMinutes(1));
            await witness.ReceiveAsync(m => protocol.Klines(new RecordedMessage(0, m)).Any(k => k.IsClosed));
        }

        await exchange.OrderAsync($$"""{"kind":"cut","exchange":"{{name}}"}"""); // The goodbye comes after all that was sent before it.
        await recording;
        var rows = new List<string>();
        foreach (var symbol in ClosedOf(file).Select(k => k.Symbol).Distinct())
        {
            var truth = await exchange.GetAsync($"/sim/truth/klines?exchange={name}&symbol={symbol}&interval=1m&from={from}&to={from + (Minutes * 60_000L) - 1}");
            rows.AddRange(truth.EnumerateArray().Select(row => $"{symbol} {string.Join(' ', row.EnumerateArray().Take(name.StartsWith("binance", StringComparison.Ordinal) ? 11 : 8))}"));
        }

        return rows;
    }

    /// <summary>What a recording says of minutes that have closed, whenever it was told.</summary>
    private static List<RecordedKline> ClosedOf(string file)
    {
        var messages = RecordedMessage.Read(file).ToList();
        return [.. messages
            .SelectMany(m => StreamProtocol.All.SelectMany(p => p.Klines(m)))
            .Where(k => k.IsClosed)
            .Select(k => k with { At = 0 })
            .OrderBy(k => k.Symbol, StringComparer.Ordinal).ThenBy(k => k.OpenTime)];
    }

    private static int CountOfInstruments(JsonElement answer)
    {
        if (answer.TryGetProperty("symbols", out var symbols)) return symbols.GetArrayLength();
        return (answer.TryGetProperty("data", out var data) ? data : answer.GetProperty("result").GetProperty("list")).GetArrayLength();
    }
}
