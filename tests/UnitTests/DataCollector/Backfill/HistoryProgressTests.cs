using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Backfill;

public sealed class HistoryProgressTests
{
    private readonly ManualTime _time = new();
    private readonly HistoryProgress _progress;

    public HistoryProgressTests() => _progress = new HistoryProgress("okx-swap", _time);

    [Fact]
    public void Before_anything_is_expected_it_is_complete_and_has_not_begun() =>
        Assert.True(_progress.Now is { Complete: true, StartedAt: null, SecondsLeft: null });

    [Fact]
    public void What_is_left_takes_as_long_as_what_was_done_took()
    {
        for (var i = 0; i < 4; i++) _progress.Expect(100);
        Assert.Null(_progress.Now.SecondsLeft);
        _time.Advance(TimeSpan.FromSeconds(30));
        Done(100);
        Assert.Equal((1, 4, 300, 90), (_progress.Now.InstrumentsDone, _progress.Now.Instruments, _progress.BarsLeft, _progress.Now.SecondsLeft));
    }

    [Fact]
    public void Work_that_comes_after_all_was_done_is_estimated_by_itself()
    {
        _progress.Expect(100);
        Done(100);
        _time.Advance(TimeSpan.FromDays(1));
        _progress.Expect(100);
        _progress.Expect(100);
        _time.Advance(TimeSpan.FromSeconds(10));
        Done(100);
        Assert.Equal(10, _progress.Now.SecondsLeft);
    }

    [Fact]
    public void What_is_not_ours_any_more_is_neither_expected_nor_done()
    {
        _progress.Expect(100);
        _progress.Expect(100);
        Done(100);
        _progress.Forget(100);
        Assert.True(_progress.Now is { Complete: true, Instruments: 1, Bars: 100, BarsDone: 100 });
    }

    private void Done(long bars)
    {
        _progress.Passed(bars);
        _progress.InstrumentDone();
    }
}
