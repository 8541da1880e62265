using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

internal static class Frames
{
    internal static InstrumentState Feed(CalculationPlan plan, ReadOnlySpan<Candle> tape)
    {
        var state = new InstrumentState(plan);
        foreach (ref readonly var candle in tape) state.Commit(in candle, CandleSource.Exchange);
        return state;
    }

    internal static double[] Closed(this InstrumentState state)
    {
        var values = new double[state.Plan.Catalogue.Count];
        Assert.True(state.WriteClosedFrame(values));
        return values;
    }

    internal static double[] Live(this InstrumentState state)
    {
        var values = new double[state.Plan.Catalogue.Count];
        Assert.True(state.WriteLiveFrame(values));
        return values;
    }

    internal static double Closed(this InstrumentState state, string metric) => state.Closed()[Column(state, metric)];

    internal static double Live(this InstrumentState state, string metric) => state.Live()[Column(state, metric)];

    private static int Column(InstrumentState state, string metric)
    {
        var column = state.Plan.Catalogue.ColumnOf(metric);
        Assert.True(column >= 0, $"{metric} is not in the catalogue");
        return column;
    }
}
