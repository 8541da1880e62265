using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Storage.Instruments;

/// <summary>What an exchange says of an instrument.</summary>
public sealed record InstrumentListing(InstrumentId Instrument, string? BaseAsset, string? QuoteAsset, InstrumentStatus Status)
{
    public InstrumentTerms Terms { get; init; } = InstrumentTerms.Unknown;
}
