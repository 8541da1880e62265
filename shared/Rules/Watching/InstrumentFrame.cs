namespace CryptoScreener.Rules.Watching;

/// <summary>An own copy of the frame that is worked on, so that work which was capped can go on later.</summary>
internal sealed class InstrumentFrame
{
    private double[] _values = [];
    private double[] _previous = [];
    private int _count;
    private int _previousCount;

    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    public ReadOnlySpan<double> Previous => _previous.AsSpan(0, _previousCount);

    public void Set(ReadOnlySpan<double> values, ReadOnlySpan<double> previous)
    {
        Copy(values, ref _values, out _count);
        Copy(previous, ref _previous, out _previousCount);
    }

    private static void Copy(ReadOnlySpan<double> from, ref double[] to, out int count)
    {
        if (to.Length < from.Length) to = new double[from.Length];
        from.CopyTo(to);
        count = from.Length;
    }
}
