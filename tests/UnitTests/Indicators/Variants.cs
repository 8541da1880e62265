using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;
using CryptoScreener.UnitTests.Calculation;

namespace CryptoScreener.UnitTests.Indicators;

/// <summary>Every indicator with its defaults and with the smallest parameters it allows: a new one is tested by being registered.</summary>
internal static class Variants
{
    internal static TheoryData<string> Names() => [.. IndicatorRegistry.All.SelectMany(e => (string[])[e.Name, $"{e.Name}, smallest"])];

    internal static (IndicatorEntry Entry, Indicator Indicator) Of(string variant)
    {
        var entry = IndicatorRegistry.All.Single(e => e.Name == variant.Split(',')[0]);
        var arguments = variant.EndsWith("smallest", StringComparison.Ordinal) ? [.. entry.Parameters.Select(p => p.Minimum)] : entry.Defaults;
        return (entry, entry.Create(arguments));
    }

    /// <summary>With volume in every bar: null rules that speak of silence do not apply.</summary>
    internal static Candle[] Lively(int seed, int bars, double price = 100)
    {
        var tape = Tape.Random(seed, bars, price);
        for (var i = 0; i < tape.Length; i++)
            if (tape[i].Volume == 0) tape[i] = tape[i] with { Volume = i + 1, QuoteVolume = (i + 1) * tape[i].Close };
        return tape;
    }
}
