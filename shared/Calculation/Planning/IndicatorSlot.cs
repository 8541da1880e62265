using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation.Planning;

/// <summary>One indicator of a timeframe: where its memory, its prepared values and its columns stand.</summary>
internal readonly record struct IndicatorSlot(Indicator Indicator, int WarmUp, int MemoryOffset, int PreparedOffset, int Column);
