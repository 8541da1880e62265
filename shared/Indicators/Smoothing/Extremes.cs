namespace CryptoScreener.Indicators;

/// <summary>The highest high and the lowest low of a run of bars; empty runs join with anything.</summary>
internal struct Extremes
{
    internal double High;
    internal double Low;

    internal readonly double Middle => (High + Low) / 2;

    internal static Extremes Of(ReadOnlySpan<double> highs, ReadOnlySpan<double> lows)
    {
        var run = new Extremes { High = double.NegativeInfinity, Low = double.PositiveInfinity };
        for (var i = 0; i < highs.Length; i++) run = run.With(highs[i], lows[i]);
        return run;
    }

    /// <summary>Of the last bars.</summary>
    internal static Extremes OfLast(in Bars bars, int count) => Of(bars.High[^count..], bars.Low[^count..]);

    /// <summary>Of the bars that end with this one.</summary>
    internal static Extremes EndingAt(in Bars bars, int last, int count) =>
        Of(bars.High.Slice(last - count + 1, count), bars.Low.Slice(last - count + 1, count));

    internal readonly Extremes With(double high, double low) => new() { High = high > High ? high : High, Low = low < Low ? low : Low };
}
