using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Calculation.Windows;

/// <summary>One function of a sliding window. The order of <see cref="All"/> is the order of the values in a frame.</summary>
/// <param name="Windows">How many whole windows of history it needs.</param>
/// <param name="MinutesBefore">How many minutes beyond those.</param>
/// <param name="Needs">The numbers of minutes that it is made of.</param>
internal sealed record WindowMetric(string Function, string Unit, string Meaning, CandleParts Needs, int Windows = 1, int MinutesBefore = 0)
{
    internal const int Open = 0;
    internal const int High = 1;
    internal const int Low = 2;
    internal const int Close = 3;
    internal const int Volume = 4;
    internal const int BaseVolume = 5;
    internal const int Trades = 6;
    internal const int TakerShare = 7;
    internal const int VolumeRatio = 8;
    internal const int Range = 9;
    internal const int Change = 10;
    internal const int Roc = 11;
    internal const int Count = 12;

    internal static readonly WindowMetric[] All =
    [
        new("open", "price", "First price of the last {0}", CandleParts.Open),
        new("high", "price", "Highest price of the last {0}", CandleParts.High),
        new("low", "price", "Lowest price of the last {0}", CandleParts.Low),
        new("close", "price", "Last price of the last {0}", CandleParts.Close),
        new("volume", "quote", "Quote volume traded in the last {0}", CandleParts.QuoteVolume),
        new("base_volume", "base", "Base volume traded in the last {0}", CandleParts.Volume),
        new("trades", "count", "Number of trades in the last {0}; null where the exchange does not tell", CandleParts.Trades),
        new("taker_share", "ratio", "Part of the base volume of the last {0} that takers bought; null without trades or where not told", CandleParts.TakerBuyVolume | CandleParts.Volume),
        new("volume_ratio", "ratio", "Quote volume of the last {0} over that of the {0} before; null without trades before", CandleParts.QuoteVolume, Windows: 2),
        new("range", "percent", "High over low of the last {0}, in percent of the low", CandleParts.High | CandleParts.Low),
        new("change", "percent", "Last close against the close of the first minute of the last {0}", CandleParts.Close),
        new("roc", "percent", "Last close against the close before the last {0}", CandleParts.Close, MinutesBefore: 1),
    ];

    internal MetricDefinition For(Timeframe window)
    {
        var length = window.ToString();
        return new MetricDefinition(
            MetricDefinition.NameOf(Function, length),
            Function,
            [length],
            Unit,
            Meaning.Replace("{0}", length, StringComparison.Ordinal),
            (Windows * window.Minutes) + MinutesBefore);
    }
}
