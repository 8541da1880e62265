using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

/// <summary>What is summed up since midnight says nothing while a part of that is not known.</summary>
public sealed class SessionTests
{
    private const int Day = 1_440;
    private const int Hole = 14 * 60;
    private const int Later = 15 * 60;
    private static readonly CalculationPlan Plan = CalculationPlan.Create([new(1), new(15), new(1440)]);
    private readonly Candle[] _tape = Tape.Random(90, Day + 30);

    [Theory]
    [InlineData("vwap(1m)")]
    [InlineData("vwap(15m)")]
    public void A_hole_leaves_no_price_until_midnight(string metric)
    {
        var state = new InstrumentState(Plan);
        for (var minute = 0; minute < _tape.Length; minute++)
        {
            if (minute != Hole) state.Commit(in _tape[minute], CandleSource.Exchange);
            if (minute != Hole) Assert.Equal(minute is > Hole and < Day, double.IsNaN(state.Closed(metric)));
        }
    }

    [Fact]
    public void What_begins_during_the_day_has_no_price_before_midnight_and_the_prices_of_all_others_from_then_on()
    {
        var (whole, part) = (new InstrumentState(Plan), new InstrumentState(Plan));
        for (var minute = 0; minute < _tape.Length; minute++)
        {
            whole.Commit(in _tape[minute], CandleSource.Exchange);
            if (minute < Later) continue;
            part.Commit(in _tape[minute], CandleSource.Exchange);
            if (minute >= Day) Assert.Equal(whole.Closed("vwap(1m)"), part.Closed("vwap(1m)"));
            else Assert.True(double.IsNaN(part.Closed("vwap(1m)")));
        }
    }

    [Fact]
    public void A_hole_that_is_filled_in_time_gives_the_price_of_the_whole_day_again()
    {
        var state = new InstrumentState(Plan);
        for (var minute = 0; minute < Later; minute++)
            if (minute != Hole) state.Commit(in _tape[minute], CandleSource.Exchange);
        Assert.True(double.IsNaN(state.Closed("vwap(1m)")));
        state.Commit(in _tape[Hole], CandleSource.Exchange);
        Assert.Equal(Frames.Feed(Plan, _tape.AsSpan(0, Later)).Closed("vwap(1m)"), state.Closed("vwap(1m)"));
    }

    [Fact]
    public void A_day_is_its_own_session()
    {
        var state = new InstrumentState(Plan);
        state.Commit(in _tape[0], CandleSource.Exchange);
        Assert.False(double.IsNaN(state.Closed("vwap(1d)")));
    }
}
