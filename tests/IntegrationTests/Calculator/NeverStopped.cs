using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>What the frames must be: all instruments in one place, minute by minute, without a bus.</summary>
/// <param name="history">How many minutes at the beginning make no frames: what was stored before anybody calculated.</param>
internal sealed class NeverStopped(CalculationPlan plan, Market market, int history = 0)
{
    private readonly InstrumentState[] _states = [.. market.Instruments.Select(_ => new InstrumentState(plan))];
    private readonly UniverseRanks _ranks = new(plan);
    private double[][] _frames = [];
    private int _minutes;

    /// <summary>Bars that were stored before the minutes, for indicators to stand on.</summary>
    internal void Seed(int instrument, Timeframe timeframe, Candle[] bars) => _states[instrument].SeedBars(timeframe, bars);

    /// <summary>The closed frames of the next minute, in the order of the market's instruments.</summary>
    internal double[][] Next()
    {
        for (; _minutes < history; _minutes++) CommitAll();
        if (_minutes > history) CompareAll();
        CommitAll();
        _minutes++;
        _frames = [.. _states.Select(FrameOf)];
        return _frames;
    }

    private void CommitAll()
    {
        for (var i = 0; i < _states.Length; i++) _states[i].Commit(market.Of(i, _minutes), CandleSource.Exchange);
    }

    private void CompareAll()
    {
        double[][] ranked = [.. _frames.Select(frame => plan.Universe.Ranked.Select(column => frame[column]).ToArray())];
        double[][] ranks = [.. _frames.Select(_ => new double[plan.Universe.Ranked.Length])];
        _ranks.Rank(ranked, ranks);
        var benchmark = BenchmarkCloses.Of(_states[0], _states[0].LastClosedMinute);
        for (var i = 0; i < _states.Length; i++)
        {
            ranks[i].CopyTo(_states[i].Universe);
            _states[i].CompareWith(benchmark);
        }
    }

    private double[] FrameOf(InstrumentState state)
    {
        var frame = new double[plan.Catalogue.Count];
        Assert.True(state.WriteClosedFrame(frame));
        return frame;
    }
}
