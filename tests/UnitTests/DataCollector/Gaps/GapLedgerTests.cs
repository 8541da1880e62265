using System.Diagnostics.Metrics;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.DataCollector.Gaps;

public sealed class GapLedgerTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FollowedInstrument _btc = Followed.Instrument();
    private readonly FollowedInstrument _eth = Followed.Instrument("ETHUSDT");
    private readonly MeteredSum _shown;
    private readonly GapLedger _ledger;

    public GapLedgerTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _shown = new MeteredSum(meters, "data_collector_gaps_open");
        _ledger = new GapLedger("binance-futures", new GapMetrics(meters), new ManualTime());
    }

    [Fact]
    public void Minutes_that_touch_are_one_gap_and_the_same_minute_is_found_once()
    {
        for (var minute = 1; minute <= 3; minute++) _ledger.Add(_btc, Followed.Minute(minute), "test");
        _ledger.Add(_btc, Followed.Minute(2), "test");
        _ledger.Add(_btc, Followed.Minute(9), "test");
        _ledger.Add(_eth, Followed.Minute(4), "test");
        Assert.Equal(
            [("BTCUSDT", 1, 3), ("BTCUSDT", 9, 9), ("ETHUSDT", 4, 4)],
            _ledger.Open.Select(g => (g.Instrument.Id.Symbol, IndexOf(g.From), IndexOf(g.Through))));
        Assert.Equal(3, _shown.Value);
    }

    [Fact]
    public void What_grew_while_it_was_fetched_stays_open_from_where_it_grew()
    {
        _ledger.Add(_btc, Followed.Minute(1), "test");
        var gap = _ledger.Open.Single();
        _ledger.Add(_btc, Followed.Minute(2), "test");
        Assert.False(_ledger.Close(gap, Followed.Minute(1)));
        Assert.Equal((1, 2, 2), (IndexOf(gap.First), IndexOf(gap.From), IndexOf(gap.Through)));
        Assert.True(_ledger.Close(gap, Followed.Minute(2)));
        Assert.Equal((0, 0), (_ledger.Count, _shown.Value));
    }

    [Fact]
    public void A_gap_of_a_partition_that_is_no_longer_ours_cannot_be_closed_by_us()
    {
        _ledger.Add(_btc, Followed.Minute(1), "test");
        var gap = _ledger.Open.Single();
        _ledger.Forget(_btc.Partition);
        Assert.False(_ledger.Close(gap, gap.Through));
        Assert.Equal((0, 0), (_ledger.Count, _shown.Value));
    }

    [Fact]
    public void A_gap_that_is_ours_already_is_not_inherited_once_more()
    {
        _ledger.Add(_btc, Followed.Minute(1), "test");
        var again = Followed.Instrument(); // it left and was selected again
        _ledger.Adopt(new Gap(again, Followed.Minute(1), Followed.Minute(1), "test", default));
        _ledger.Adopt(new Gap(again, Followed.Minute(5), Followed.Minute(5), "test", default));
        Assert.Equal([1, 5], _ledger.OpenOf(again).Select(gap => IndexOf(gap.First)));
        Assert.Equal(2, _shown.Value);
    }

    public void Dispose()
    {
        _shown.Dispose();
        _services.Dispose();
    }

    private static int IndexOf(long minute) => (int)((minute - Followed.Minute(0)) / 60_000);
}
