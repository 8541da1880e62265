using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.IntegrationTests.Collector.Gaps;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

/// <summary>History told a minute before its stream did, and not the same: by its source alone the older candle would count.</summary>
public sealed class ToldTwiceTests
{
    [Fact]
    public async Task The_audit_has_the_last_word_on_a_minute_that_was_told_twice_also_when_it_agrees_with_the_stream()
    {
        await using var lane = await LaneOnBus.StartAsync();
        var minute = lane.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var (early, final) = (Traded(minute, 5), Traded(minute, 7));
        using var corrected = Audit(lane, final);
        await TellFirstAsync(lane, early);
        await lane.Lane.OfferAsync(new Kline(lane.Bitcoin, final, true, minute + Timeframe.MinuteMs), 0, CancellationToken.None);

        await using var said = lane.Said();
        await AllThreeHaveSpokenAsync(lane, said);
        Assert.Equal([(CandleSource.Backfill, early), (CandleSource.Exchange, final), (CandleSource.Audit, final)], said.Seen.Select(lane.Read));
        Assert.Equal(0, corrected.Value); // the stream had it right
    }

    [Fact]
    public async Task What_the_audit_says_otherwise_is_counted()
    {
        await using var lane = await LaneOnBus.StartAsync();
        var minute = lane.Time.GetUtcNow().ToUnixTimeMilliseconds();
        using var corrected = Audit(lane, Traded(minute, 9));
        await TellFirstAsync(lane, Traded(minute, 5));
        await lane.Lane.OfferAsync(new Kline(lane.Bitcoin, Traded(minute, 7), true, minute + Timeframe.MinuteMs), 0, CancellationToken.None);

        await using var said = lane.Said();
        await AllThreeHaveSpokenAsync(lane, said);
        await Eventually.TrueAsync(() => corrected.Value == 1, "it is counted");
    }

    private static MeteredSum Audit(LaneOnBus lane, Candle truth)
    {
        var exchange = new ForgetfulExchange();
        exchange.History.AddRange([truth, Traded(truth.OpenTime + Timeframe.MinuteMs, 1)]);
        lane.Lane.Clock.Observe(truth.OpenTime + Timeframe.MinuteMs);
        var corrected = new MeteredSum(lane.Meters, "data_collector_audit_corrections");
        var audit = new SuccessorAudit(exchange, lane.Lane, new AuditMetrics(lane.Meters), lane.Time, NullLogger<SuccessorAudit>.Instance);
        lane.Lane.Doubtful = audit.Ask;
        lane.Beside(audit.RunAsync);
        return corrected;
    }

    private static ValueTask TellFirstAsync(LaneOnBus lane, Candle early) => lane.DoAsync(instrument =>
    {
        instrument.Gate.StartAfter(Traded(early.OpenTime - Timeframe.MinuteMs, 1));
        instrument.Gate.Settle(early);
        lane.Lane.Publish(instrument, early, CandleSource.Backfill);
    });

    private static Task AllThreeHaveSpokenAsync(LaneOnBus lane, Reading said) => Eventually.TrueAsync(
        () =>
        {
            lane.Time.Advance(TimeSpan.FromSeconds(1));
            return said.Seen.Count >= 3;
        },
        "history, the stream and the audit have spoken");

    private static Candle Traded(long minute, double volume) => new(minute, 100, 110, 90, 105, volume, 500, 10, 1, 100);
}
