using System.Collections.Immutable;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Calculation.Planning;

/// <summary>The indicators that are there without anybody demanding them.</summary>
internal static class BuiltIns
{
    private static readonly ImmutableArray<(string Name, double[] Arguments)> EveryTimeframe =
    [
        ("sma", [20]),
        ("sma", [50]),
        ("sma", [200]),
        ("ema", [9]),
        ("ema", [21]),
        ("ema", [50]),
        ("ema", [200]),
        ("wma", [20]),
        ("rsi", [14]),
        ("macd", [12, 26, 9]),
        ("bb", [20, 2]),
        ("atr", [14]),
        ("natr", [14]),
        ("adx", [14]),
        ("stoch", [14, 3, 3]),
        ("stochrsi", [14, 14, 3, 3]),
        ("cci", [20]),
        ("mfi", [14]),
        ("obv", []),
        ("vwap", []),
        ("willr", [14]),
        ("roc", [12]),
        ("donchian", [20]),
        ("keltner", [20, 10, 2]),
        ("supertrend", [10, 3]),
        ("ichimoku", [9, 26, 52]),
        ("zscore_volume", [20]),
        ("zscore_return", [20]),
        ("robust_zscore_volume", [50]),
        ("robust_zscore_return", [50]),
        ("vcp", []),
    ];

    private static readonly ImmutableArray<(string Name, double[] Arguments)> Days = [("distance", [7]), ("distance", [30])];

    internal static IEnumerable<(string Name, double[] Arguments)> On(Timeframe timeframe) =>
        timeframe == Timeframe.OneDay ? EveryTimeframe.Concat(Days) : EveryTimeframe;
}
