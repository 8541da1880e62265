using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Storage.Instruments;

/// <summary>What is known of an instrument; the number is what rows by time refer to.</summary>
public sealed record InstrumentRow(int Id, InstrumentId Instrument, string? BaseAsset, string? QuoteAsset, InstrumentStatus Status)
{
    public InstrumentTerms Terms { get; init; } = InstrumentTerms.Unknown;
}
