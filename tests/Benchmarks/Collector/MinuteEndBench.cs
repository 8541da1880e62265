using System.Collections.Concurrent;
using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.LocalServers;
using NATS.Client.Core;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>At a minute's end all instruments close at once: how long each closed candle takes from its sending by the exchange to a reader of the bus.</summary>
internal static class MinuteEndBench
{
    private const int Minutes = 30;
    private const int WarmUp = 5;

    public static async Task RunAsync(LocalNats nats, int instruments, BenchReport report)
    {
        var first = Timeframe.OneMinute.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) - (Minutes * Timeframe.MinuteMs);
        await using var server = await FrameServer.StartAsync();
        await using var collector = await BenchCollector.StartAsync(nats, server, instruments, first - Timeframe.MinuteMs);
        await using var connection = new NatsConnection(new NatsOpts { Url = nats.Url });
        var (sentAt, latencies, wholes) = (new ConcurrentDictionary<string, long>(), new List<double>(), new List<double>());
        await using var bus = await connection.SubscribeCoreAsync<byte[]>("candles.closed.>");
        await connection.PingAsync();
        for (var minute = 0; minute < Minutes; minute++)
        {
            var open = first + (minute * Timeframe.MinuteMs);
            var frames = Enumerable.Range(0, instruments).ToDictionary(BinanceFrames.Symbol, i => BinanceFrames.Of(i, open, 500, isClosed: true));
            var started = Stopwatch.GetTimestamp();
            var sending = server.SendAsync(symbol =>
            {
                sentAt[symbol] = Stopwatch.GetTimestamp();
                return frames[symbol];
            });
            for (var heard = 0; heard < instruments; heard++)
            {
                var message = await bus.Msgs.ReadAsync();
                var took = Stopwatch.GetElapsedTime(sentAt[SubjectTokens.Symbol(message.Subject).ToString()]).TotalMilliseconds;
                if (minute >= WarmUp) latencies.Add(took);
            }

            if (minute >= WarmUp) wholes.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await sending;
        }

        latencies.Sort();
        wholes.Sort();
        Report("closed candle, exchange's socket → bus, p50", latencies[latencies.Count / 2]);
        Report("closed candle, exchange's socket → bus, p99", latencies[(int)(latencies.Count * 0.99)]);
        Report("closed candle, exchange's socket → bus, max", latencies[^1]);
        Report("first frame sent → last candle on the bus, p50", wholes[wholes.Count / 2]);

        void Report(string what, double ms) => report.Add(new Measured(what, $"{instruments} at once", ms, "ms"));
    }
}
