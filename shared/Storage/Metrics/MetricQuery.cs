namespace CryptoScreener.Storage.Metrics;

/// <summary>What somebody wants to know of an instrument's past.</summary>
/// <param name="Names">As the catalogue has them, for instance <c>rsi(14,1h)</c>; the order is that of the values that come back.</param>
/// <param name="From">Open time of the first minute (unix ms), included.</param>
/// <param name="Through">Open time of the last minute (unix ms), included.</param>
/// <param name="Limit">Of more points the newest so many.</param>
/// <param name="Hourly">The last frame of each hour, under the hour's start: kept longer than minutes are.</param>
public sealed record MetricQuery(int InstrumentId, IReadOnlyList<string> Names, long From, long Through, int Limit, bool Hourly = false);
