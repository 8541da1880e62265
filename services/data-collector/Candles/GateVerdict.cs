using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Candles;

internal enum GateAction
{
    /// <summary>Say nothing: a repetition, or history is not loaded yet.</summary>
    None,

    /// <summary>Publish the forming candle.</summary>
    Live,

    /// <summary>The candle is closed.</summary>
    Close,

    /// <summary>The candle was closed already and now reads otherwise: whoever ranks higher wins, and REST is asked.</summary>
    Doubt,

    /// <summary>Minutes before this candle are not known: look them up, and this one with them.</summary>
    Hole,

    /// <summary>It cannot be true.</summary>
    Reject,
}

/// <summary>What to do with an offered candle.</summary>
/// <param name="Predecessor">When set, the forming candle that this one proves closed; it comes first.</param>
internal readonly record struct GateVerdict(GateAction Action, Candle? Predecessor = null, string? Reason = null);
