using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

public class FormingTests
{
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private readonly Candle[] _tape = Tape.Random(3, 120);
    private readonly InstrumentState _state;

    public FormingTests() => _state = Frames.Feed(Plan, _tape.AsSpan(0, 100));

    [Fact]
    public void A_forming_candle_shows_in_the_live_frame_and_commits_nothing()
    {
        var before = _state.Closed();
        Assert.True(_state.Merge(Tape.Forming(in _tape[100], 0.4)));
        Assert.Equal(before, _state.Closed());
        Assert.Equal(_tape[99].OpenTime, _state.LastClosedMinute);
        Assert.Equal(_tape[100].OpenTime, _state.FormingMinute);
        Assert.Equal(Tape.Forming(in _tape[100], 0.4).Close, _state.Live("price"));
    }

    [Fact]
    public void The_live_frame_of_a_finished_candle_is_the_closed_frame_bit_for_bit()
    {
        for (var i = 100; i < _tape.Length; i++)
        {
            _state.Merge(in _tape[i]);
            var live = _state.Live();
            Assert.Equal(CommitOutcome.NewMinute, _state.Commit(in _tape[i], CandleSource.Exchange));
            Assert.Equal(live, _state.Closed());
        }
    }

    [Fact]
    public void A_successor_before_the_close_is_held_until_the_close_comes()
    {
        _state.Merge(in _tape[100]);
        Assert.True(_state.Merge(Tape.Forming(in _tape[101], 0.1)));
        Assert.Equal(_tape[100].OpenTime, _state.FormingMinute);
        Assert.Equal(_tape[99].OpenTime, _state.LastClosedMinute);

        _state.Commit(in _tape[100], CandleSource.Exchange);
        Assert.Equal(_tape[101].OpenTime, _state.FormingMinute);
        Assert.Equal(Tape.Forming(in _tape[101], 0.1).Close, _state.Live("price"));
        Assert.False(double.IsNaN(_state.Live("volume(1h)")));
    }

    [Fact]
    public void A_market_two_minutes_past_a_lost_close_is_shown_with_null_windows()
    {
        _state.Merge(in _tape[100]);
        _state.Merge(in _tape[101]);
        _state.Merge(in _tape[102]);
        Assert.Equal(_tape[102].OpenTime, _state.FormingMinute);
        Assert.Equal(_tape[102].Close, _state.Live("price"));
        Assert.True(double.IsNaN(_state.Live("volume(5m)")));
        Assert.Equal(_tape[102].QuoteVolume, _state.Live("volume(1m)"));
    }

    [Fact]
    public void An_overtaken_or_repeated_forming_candle_changes_nothing()
    {
        var fuller = Tape.Forming(in _tape[100], 0.8);
        Assert.True(_state.Merge(in fuller));
        Assert.False(_state.Merge(in fuller));
        Assert.False(_state.Merge(Tape.Forming(in _tape[100], 0.3)));
        Assert.Equal(fuller.Close, _state.Live("price"));
    }

    [Fact]
    public void A_forming_candle_of_a_closed_minute_is_ignored()
    {
        Assert.False(_state.Merge(in _tape[99]));
        Assert.False(_state.Merge(in _tape[40]));
        Assert.Equal(InstrumentState.None, _state.FormingMinute);
        Assert.False(_state.WriteLiveFrame(new double[Plan.Catalogue.Count]));
    }

    [Fact]
    public void Before_anything_closed_the_newest_forming_minute_is_shown()
    {
        var state = new InstrumentState(Plan);
        Assert.False(state.WriteClosedFrame(new double[Plan.Catalogue.Count]));
        state.Merge(in _tape[0]);
        Assert.Equal(_tape[0].Close, state.Live("close(1m)"));
        Assert.True(double.IsNaN(state.Live("close(5m)")));
    }

    [Fact]
    public void What_is_not_a_minute_or_not_closed_is_refused_with_advice()
    {
        var odd = _tape[0] with { OpenTime = Tape.Start + 1 };
        var notAMinute = Assert.Throws<ArgumentException>(() => _state.Merge(in odd));
        var notClosed = Assert.Throws<ArgumentException>(() => _state.Commit(in _tape[100], CandleSource.Forming));
        Assert.Contains("only 1m candles", notAMinute.Message, StringComparison.Ordinal);
        Assert.Contains("pass it to Merge", notClosed.Message, StringComparison.Ordinal);
    }
}
