using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

/// <summary>The window functions as one would work them out by hand, from the minutes of one window.</summary>
internal static class ReferenceWindow
{
    internal static Dictionary<string, double> Of(ReadOnlySpan<Candle> tape, int end, int length)
    {
        var window = tape.Slice(end - length + 1, length).ToArray();
        var quote = window.Sum(c => c.QuoteVolume);
        var result = new Dictionary<string, double>
        {
            ["open"] = window[0].Open,
            ["high"] = window.Max(c => c.High),
            ["low"] = window.Min(c => c.Low),
            ["close"] = window[^1].Close,
            ["volume"] = quote,
            ["base_volume"] = window.Sum(c => c.Volume),
            ["trades"] = window.Sum(c => c.Trades),
            ["taker_share"] = window.Sum(c => c.TakerBuyVolume) / window.Sum(c => c.Volume),
            ["range"] = 100 * (window.Max(c => c.High) - window.Min(c => c.Low)) / window.Min(c => c.Low),
            ["change"] = 100 * (window[^1].Close - window[0].Close) / window[0].Close,
        };
        if (end - length >= 0) result["roc"] = 100 * (window[^1].Close - tape[end - length].Close) / tape[end - length].Close;
        if (end + 1 >= 2 * length) result["volume_ratio"] = quote / tape.Slice(end + 1 - (2 * length), length).ToArray().Sum(c => c.QuoteVolume);
        return result;
    }
}
