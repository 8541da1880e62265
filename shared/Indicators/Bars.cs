namespace CryptoScreener.Indicators;

/// <summary>
/// Consecutive bars, oldest first, a column per field. Columns may reach back differently far but end with the same bar,
/// so they are read from the end: <c>bars.Close[^n..]</c>.
/// </summary>
public readonly ref struct Bars
{
    /// <summary>Empty where history is kept for streaming: no indicator looks back at opens.</summary>
    public ReadOnlySpan<double> Open { get; init; }

    public ReadOnlySpan<double> High { get; init; }

    public ReadOnlySpan<double> Low { get; init; }

    public ReadOnlySpan<double> Close { get; init; }

    public ReadOnlySpan<double> Volume { get; init; }

    public ReadOnlySpan<double> QuoteVolume { get; init; }

    /// <summary>Open times (unix ms); empty where history is kept for streaming.</summary>
    public ReadOnlySpan<long> OpenTime { get; init; }

    public int Length => Close.Length;

    internal Bar this[int index] => new(OpenTime[index], Open[index], High[index], Low[index], Close[index], Volume[index], QuoteVolume[index]);

    internal double TypicalPrice(int index) => Bar.TypicalPriceOf(High[index], Low[index], Close[index]);

    /// <summary>High, low and close of the last bars, equally long.</summary>
    internal Bars Last(int count) => new() { High = High[^count..], Low = Low[^count..], Close = Close[^count..] };

    /// <summary>High, low and close of the bars before this one.</summary>
    internal Bars Before(int index, int count) => new()
    {
        High = High.Slice(index - count, count),
        Low = Low.Slice(index - count, count),
        Close = Close.Slice(index - count, count),
    };
}
