namespace CryptoScreener.Indicators;

/// <summary>
/// One indicator with its parameters; immutable, shared by all instruments. What it remembers of an instrument lives in
/// two slices of doubles that the caller keeps: <em>memory</em>, advanced by every closed bar, and <em>prepared</em>, worked
/// out anew from the closed bars when the first value after a close is wanted. Both make a value O(1), and as a value
/// never changes either of them, a forming bar can be shown any number of times before it closes.
/// </summary>
public abstract class Indicator
{
    /// <summary>How many bars, the last one included, there must be before its values are not null.</summary>
    public abstract int WarmUp { get; }

    public virtual int Outputs => 1;

    public virtual Lookback Lookback => default;

    /// <summary>Doubles of memory; all zero at the start of a series.</summary>
    public virtual int MemorySize => 0;

    public virtual int PreparedSize => 0;

    public virtual void Commit(Span<double> memory, in Bar bar)
    {
    }

    public virtual void Prepare(in Bars closed, Span<double> prepared)
    {
    }

    /// <summary>The values with one more bar after the closed ones; called only when that makes the warm-up.</summary>
    public abstract void Evaluate(
        ReadOnlySpan<double> memory, ReadOnlySpan<double> prepared, in Bars closed, in Bar last, Span<double> values);

    /// <summary>
    /// Every value of a whole series: <c>values[output][bar]</c>, NaN before the warm-up. This is what the indicator
    /// means; the streaming form has to equal it to the last bit.
    /// </summary>
    public double[][] Batch(in Bars bars)
    {
        var values = new double[Outputs][];
        for (var output = 0; output < values.Length; output++)
        {
            values[output] = new double[bars.Length];
            Array.Fill(values[output], double.NaN);
        }

        if (bars.Length >= WarmUp) Run(in bars, values);
        return values;
    }

    /// <summary>Fills the values from the warm-up on; there are enough bars.</summary>
    protected abstract void Run(in Bars bars, double[][] values);
}
