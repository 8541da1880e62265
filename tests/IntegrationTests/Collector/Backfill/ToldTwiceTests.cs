using System.Diagnostics.Metrics;
using System.Text;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.IntegrationTests.Collector.Gaps;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

/// <summary>History told a minute before its stream did, and not the same: by its source alone the older candle would count.</summary>
public sealed class ToldTwiceTests
{
    private static readonly InstrumentId Bitcoin = new("forgetful", "BTCUSDT");

    [Fact]
    public async Task The_audit_has_the_last_word_on_a_minute_that_was_told_twice_also_when_it_agrees_with_the_stream()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        var (time, exchange, instrument) = (new ManualTime(), new ForgetfulExchange(), new FollowedInstrument(Bitcoin, databaseId: 1, partition: 0, epoch: 1));
        var minute = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (early, final) = (Traded(minute, 5), Traded(minute, 7));
        exchange.History.AddRange([final, Traded(minute + Timeframe.MinuteMs, 1)]);
        var meters = bus.Get<IMeterFactory>();
        var (metrics, stages) = (new CandleMetrics(meters), new StageLatency(meters));
        var lane = new ExchangeLane(
            new ExchangeClock(time), new CandlePublisher(bus.Core, bus.Stored, metrics, stages, time), new FeedStatusReporter(null!, null!, null!, null!, null!, time),
            metrics, stages, time, NullLogger<ExchangeLane>.Instance);
        lane.Clock.Observe(minute + Timeframe.MinuteMs);
        var audit = new SuccessorAudit(exchange, lane, new AuditMetrics(meters), time, NullLogger<SuccessorAudit>.Instance);
        lane.Doubtful = audit.Ask;
        using var stop = new CancellationTokenSource();
        Task[] running = [lane.RunAsync(new HeartbeatRegistry(time).Watch("lane", TimeSpan.FromHours(1)), stop.Token), audit.RunAsync(stop.Token)];

        await lane.PostAsync(
            () =>
            {
                instrument.Gate.StartAfter(Traded(minute - Timeframe.MinuteMs, 1));
                instrument.Gate.Settle(early);
                lane.Publish(instrument, early, CandleSource.Backfill);
            },
            stop.Token);
        await lane.OfferAsync(new Kline(instrument, final, true, minute + Timeframe.MinuteMs), 0, stop.Token);

        await using var said = new Reading(bus.Reader, Streams.Candles, instrument.ClosedSubject, StreamPosition.Beginning);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return said.Seen.Count >= 3;
            },
            "history, the stream and the audit have spoken");
        Assert.Equal([(CandleSource.Backfill, early), (CandleSource.Exchange, final), (CandleSource.Audit, final)], said.Seen.Select(Read));
        await stop.CancelAsync();
        foreach (var task in running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    private static (CandleSource, Candle) Read(string json)
    {
        Assert.True(CandleCodec.TryRead(Encoding.UTF8.GetBytes(json), Bitcoin, out var update));
        return (update.Source, update.Candle);
    }

    private static Candle Traded(long minute, double volume) => new(minute, 100, 110, 90, 105, volume, 500, 10, 1, 100);
}
