namespace CryptoScreener.Indicators;

/// <summary>What the values before the last bar were like, whatever outliers they had.</summary>
internal struct RobustBaseline
{
    internal double Centre;
    internal double Deviation;

    internal readonly double Score(double value) => EwmaKernel.Score(value, Centre, Deviation);
}
