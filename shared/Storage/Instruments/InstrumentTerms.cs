namespace CryptoScreener.Storage.Instruments;

/// <summary>How an instrument is traded, as far as its exchange tells.</summary>
/// <param name="TickSize">The step of its price.</param>
/// <param name="LotSize">The step of a quantity, in base coins.</param>
public sealed record InstrumentTerms(double? TickSize = null, double? LotSize = null, DateTime? ListedAt = null)
{
    public static readonly InstrumentTerms Unknown = new();
}
