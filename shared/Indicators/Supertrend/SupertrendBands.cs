namespace CryptoScreener.Indicators;

/// <summary>The two bands, of which the direction chooses one; zero-initialised is "none yet".</summary>
internal struct SupertrendBands
{
    internal double Upper;
    internal double Lower;
    internal double Close;

    /// <summary>1 up, −1 down, 0 before the first.</summary>
    internal double Direction;

    internal readonly double Line => Direction > 0 ? Lower : Upper;
}
