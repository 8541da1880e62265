using System.Diagnostics.CodeAnalysis;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>Minutes at which somebody without a rule would have entered: the same for the same seed and instrument.</summary>
[SuppressMessage("Security", "CA5394", Justification = "A baseline must be repeatable, not unpredictable.")]
internal sealed class RandomEntries
{
    /// <summary>On average; sixty thousand entries for 500 instruments in 30 days.</summary>
    private const int MinutesBetween = 360;

    private readonly Random _random;
    private long _next;

    public RandomEntries(int seed, InstrumentId instrument, long from)
    {
        // Not GetHashCode, which differs from process to process.
        _random = new Random(instrument.ToString().Aggregate(seed, (hash, letter) => unchecked((hash * 31) + letter)));
        _next = from + Pause();
    }

    /// <summary>Asked for each closed minute, in order.</summary>
    public bool IsOne(long minute)
    {
        if (minute < _next) return false;
        _next = minute + Pause();
        return true;
    }

    private long Pause() => (1 + _random.Next(2 * MinutesBetween)) * Timeframe.MinuteMs;
}
