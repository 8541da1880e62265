using CryptoScreener.ExchangeSimulator.Recording;

namespace CryptoScreener.ContractTests.Simulator;

public class RecordingTests
{
    [Fact]
    public async Task A_replayed_recording_has_the_candles_of_the_exchange_it_was_made_of()
    {
        var file = Path.GetTempFileName();
        try
        {
            var recorded = await RecordAsync(file, minutes: 4);
            await using var replay = await RunningSimulator.StartAsync("--replay", file, "--speed", "0", "--exchanges", "binance-futures");
            await replay.AdvanceAsync(TimeSpan.FromMinutes(recorded.Count + 2));
            Assert.Equal(8, recorded.Count);
            foreach (var (symbol, time, row) in recorded)
                Assert.Equal(row, (await replay.GetAsync($"/fapi/v1/klines?symbol={symbol}&interval=1m&startTime={time}&limit=1"))[0].GetRawText());
            Assert.Equal(2, (await replay.GetAsync("/fapi/v1/exchangeInfo")).GetProperty("symbols").GetArrayLength());
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Records two instruments and returns the true rows of the minutes that closed meanwhile.</summary>
    private static async Task<List<(string Symbol, long Time, string Row)>> RecordAsync(string file, int minutes)
    {
        await using var exchange = await RunningSimulator.StartAsync("--speed", "0", "--start", "2026-03-04T12:34:30Z");
        var recording = Recorder.RunAsync(
            new Uri(exchange.Sockets + "/market/stream"), ["btcusdt@kline_1m", "ethusdt@kline_1m"], file, TimeProvider.System, CancellationToken.None);
        await exchange.UntilSubscribedAsync(2);
        await using var witness = await exchange.ConnectAsync("/market/ws/ethusdt@kline_1m");
        await exchange.UntilSubscribedAsync(3);
        var from = await exchange.NowAsync() - 30_000;
        for (var closed = 0; closed < minutes; closed++)
        {
            await exchange.AdvanceAsync(TimeSpan.FromMinutes(1));
            await witness.ReceiveAsync(m => m.GetProperty("k").GetProperty("x").GetBoolean());
        }

        await exchange.OrderAsync("""{"kind":"cut"}"""); // The goodbye comes after all that was sent before it.
        await recording;
        var rows = new List<(string, long, string)>();
        foreach (var symbol in new[] { "BTCUSDT", "ETHUSDT" })
        {
            var truth = await exchange.GetAsync($"/sim/truth/klines?symbol={symbol}&interval=1m&from={from}&to={from + (minutes * 60_000L) - 1}");
            rows.AddRange(truth.EnumerateArray().Select(r => (symbol, r[0].GetInt64(), r.GetRawText())));
        }

        return rows;
    }
}
