namespace CryptoScreener.ExchangeSimulator.Http;

/// <summary>How many requests a venue's own limits have turned away since the start; orders of faults do not count.</summary>
/// <param name="Refused">One too many, to be asked again later.</param>
/// <param name="Banned">Of an address that was banned for asking on.</param>
internal readonly record struct LimitTally(long Refused, long Banned)
{
    public static LimitTally operator +(LimitTally left, LimitTally right) => new(left.Refused + right.Refused, left.Banned + right.Banned);
}
