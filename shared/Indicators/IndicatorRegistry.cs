using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CryptoScreener.Indicators;

/// <summary>Every indicator there is. Adding one is a folder and a line here.</summary>
public static class IndicatorRegistry
{
    public static readonly ImmutableArray<IndicatorEntry> All =
    [
        Sma.Entry,
        Ema.Entry,
        Wma.Entry,
        Rsi.Entry,
        Macd.Entry,
        Bollinger.Entry,
        Atr.Entry,
        Natr.Entry,
        Adx.Entry,
        Stochastic.Entry,
        StochRsi.Entry,
        Cci.Entry,
        Mfi.Entry,
        Obv.Entry,
        Vwap.Entry,
        WilliamsR.Entry,
        Roc.Entry,
        Donchian.Entry,
        Keltner.Entry,
        Supertrend.Entry,
        Ichimoku.Entry,
        VolumeZScore.Entry,
        ReturnZScore.Entry,
        RobustVolumeZScore.Entry,
        RobustReturnZScore.Entry,
        Vcp.Entry,
        Distance.Entry,
    ];

    private static readonly FrozenDictionary<string, IndicatorEntry> ByFunction = All
        .SelectMany(entry => entry.Outputs.Select(output => (output.Function, entry)))
        .ToFrozenDictionary(e => e.Function, e => e.entry, StringComparer.Ordinal);

    /// <summary>The indicator that has an output of this name (<c>bb_upper</c>, <c>rsi</c>), or null.</summary>
    public static IndicatorEntry? Find(string function) => ByFunction.GetValueOrDefault(function);
}
