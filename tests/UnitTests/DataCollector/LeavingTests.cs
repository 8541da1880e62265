using System.Diagnostics.Metrics;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Gaps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class LeavingTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Fact]
    public async Task Ended_minutes_that_are_not_closed_when_an_instrument_leaves_are_gaps_and_the_forming_one_is_not()
    {
        await using var lane = new LaneUnderTest();
        var ledger = new GapLedger("binance-futures", new GapMetrics(_services.GetRequiredService<IMeterFactory>()), lane.Time);
        var minutes = new MinuteKeeper("binance-futures", new CollectorOptions(), lane.Lane, null!, ledger, null!, lane.Time, NullLogger.Instance);
        var (gone, cold) = (Followed.Instrument(), Followed.Instrument("ETHUSDT"));
        await lane.AskAsync(() =>
        {
            minutes.Add(new PartitionMinutes(0, 1, [gone, cold]), []);
            gone.Gate.StartAfter(Followed.Bar(0));
            lane.Time.Advance(TimeSpan.FromSeconds(100)); // the third minute is forming
            minutes.Leave(gone);
            minutes.Leave(cold); // of which nothing is known
            return true;
        });
        var gap = Assert.Single(ledger.Open);
        Assert.Equal((gone, Followed.Minute(1), Followed.Minute(2)), (gap.Instrument, gap.From, gap.Through));
    }

    [Fact]
    public async Task A_gate_that_opened_before_the_marks_begin_meets_them_at_the_first_deadline()
    {
        await using var lane = new LaneUnderTest();
        var ledger = new GapLedger("binance-futures", new GapMetrics(_services.GetRequiredService<IMeterFactory>()), lane.Time);
        var filler = new HoleFiller(null!, lane.Lane, lane.Time, NullLogger<HoleFiller>.Instance); // which has no answer
        var options = new CollectorOptions();
        var minutes = new MinuteKeeper("binance-futures", options, lane.Lane, filler, ledger, new MarkPublisher(null!, lane.Time), lane.Time, NullLogger.Instance);
        var bitcoin = Followed.Instrument();
        await lane.AskAsync(() =>
        {
            var partition = new PartitionMinutes(0, 1, [bitcoin]);
            partition.StartMarksAfter(Followed.Minute(1)); // whose row was not proven
            minutes.Add(partition, []);
            bitcoin.Gate.StartAfter(Followed.Bar(0));
            lane.Time.Advance(TimeSpan.FromSeconds(100));
            minutes.Tick();
            lane.Time.Advance(TimeSpan.FromMilliseconds(options.CloseDeadlineMs));
            minutes.Tick();
            return true;
        });
        var gap = Assert.Single(ledger.Open);
        Assert.Equal((Followed.Minute(1), Followed.Minute(2)), (gap.From, gap.Through));
        Assert.Equal(Followed.Minute(2), bitcoin.Gate.LastClosed);
    }

    public void Dispose() => _services.Dispose();
}
