using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>Which minutes have to be read again to make the bars of a timeframe that touch changes.</summary>
internal static class BarRanges
{
    /// <returns>Ranges on bar boundaries, end excluded, none of which overlaps another: no minute is counted twice.</returns>
    internal static List<(int InstrumentId, long From, long End)> Of(IEnumerable<(int InstrumentId, long Time)> changes, Timeframe timeframe)
    {
        var merged = new List<(int InstrumentId, long From, long End)>();
        foreach (var (instrument, time) in changes.Order())
        {
            var from = timeframe.OpenOf(time);
            var end = timeframe.OpenOf(time + CandleChanges.Grain.Milliseconds - 1) + timeframe.Milliseconds;
            if (merged.Count > 0 && merged[^1] is var last && last.InstrumentId == instrument && from <= last.End)
                merged[^1] = last with { End = Math.Max(last.End, end) };
            else
                merged.Add((instrument, from, end));
        }

        return merged;
    }
}
