namespace CryptoScreener.Storage.Instruments;

/// <summary>Persisted: values are explicit and append-only.</summary>
public enum InstrumentStatus : byte
{
    Unknown = 0,
    Trading = 1,
    Halted = 2,
    Delisted = 3,
}
