using System.Diagnostics.Metrics;
using System.Text;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.IntegrationTests.Collector.Gaps;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

/// <summary>An exchange that answers when the first of the minutes it was asked for has been given up.</summary>
public sealed class LateLookUpTests
{
    private static readonly InstrumentId Bitcoin = new("forgetful", "BTCUSDT");

    [Fact]
    public async Task A_minute_that_was_given_up_while_it_was_looked_up_leaves_before_those_behind_it()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        var (time, exchange, instrument) = (new ManualTime(), new ForgetfulExchange(), new FollowedInstrument(Bitcoin, databaseId: 1, partition: 0, epoch: 1));
        var first = time.GetUtcNow().ToUnixTimeMilliseconds();
        exchange.History.AddRange(Enumerable.Range(0, 5).Select(i => Traded(first + (i * Timeframe.MinuteMs))));
        var answer = exchange.Hold();
        var meters = bus.Get<IMeterFactory>();
        var (metrics, stages) = (new CandleMetrics(meters), new StageLatency(meters));
        var lane = new ExchangeLane(
            new ExchangeClock(time), new CandlePublisher(bus.Core, bus.Stored, metrics, stages, time), null!, metrics, stages, time, NullLogger<ExchangeLane>.Instance);
        lane.Clock.Observe(first + (4 * Timeframe.MinuteMs));
        var filler = new HoleFiller(exchange, lane, time, NullLogger<HoleFiller>.Instance);
        using var stop = new CancellationTokenSource();
        Task[] running = [lane.RunAsync(new HeartbeatRegistry(time).Watch("lane", TimeSpan.FromHours(1)), stop.Token), filler.RunAsync(stop.Token)];

        await lane.PostAsync(
            () =>
            {
                instrument.Gate.StartAfter(Traded(first));
                filler.Ask(instrument);
            },
            stop.Token);
        await Eventually.TrueAsync(() => exchange.Asked.Count == 1, "it is looked up");
        await lane.PostAsync(() => instrument.Gate.Skip(first + Timeframe.MinuteMs), stop.Token); // its mark has named it missing
        answer.SetResult();

        await using var said = new Reading(bus.Reader, Streams.Candles, instrument.ClosedSubject, StreamPosition.Beginning);
        await Eventually.TrueAsync(() => said.Seen.Count > 0 && Read(said.Seen[^1]).OpenTime == first + (3 * Timeframe.MinuteMs), "all that is over was said");
        Assert.Equal(exchange.History[1..4], said.Seen.Select(Read));
        await stop.CancelAsync();
        foreach (var task in running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    private static Candle Read(string json)
    {
        Assert.True(CandleCodec.TryRead(Encoding.UTF8.GetBytes(json), Bitcoin, out var update));
        return update.Candle;
    }

    private static Candle Traded(long minute) => new(minute, 100, 110, 90, 105, 5, 500, 10, 1, 100);
}
