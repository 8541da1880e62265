namespace CryptoScreener.Hosting.Status;

/// <summary>One series of one instrument, as this process counts it. Written from any thread, read by the status loop.</summary>
internal abstract class SeriesReading
{
    public abstract void Record(double value);

    /// <summary>Adds what is known by now; nothing that was not measured.</summary>
    public abstract void AppendTo(Dictionary<string, double> values, string name, string labels);
}

internal sealed class SumReading : SeriesReading
{
    private double _sum;

    public override void Record(double value)
    {
        var seen = Volatile.Read(ref _sum);
        while (Interlocked.CompareExchange(ref _sum, seen + value, seen) is var now && BitConverter.DoubleToInt64Bits(now) != BitConverter.DoubleToInt64Bits(seen))
            seen = now;
    }

    public override void AppendTo(Dictionary<string, double> values, string name, string labels) => values[name + labels] = Volatile.Read(ref _sum);
}

internal sealed class LastReading : SeriesReading
{
    private double _last;

    public override void Record(double value) => Volatile.Write(ref _last, value);

    public override void AppendTo(Dictionary<string, double> values, string name, string labels) => values[name + labels] = Volatile.Read(ref _last);
}
