namespace CryptoScreener.Storage.Candles;

/// <summary>Which bars of an instrument are stored in a range: the first and last open time (unix ms), and how many.</summary>
public readonly record struct CandleCoverage(int InstrumentId, long First, long Last, int Count);
