using System.Text;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>What an exchange tells about one instrument, and the character its price path is drawn with.</summary>
internal sealed record Instrument(
    int Index,
    string Symbol,
    string BaseAsset,
    string QuoteAsset,
    int PriceDigits,
    int LotDigits,
    double StartPrice,
    double DailyQuote,
    double Beta,
    double DailyVolatility,
    bool TradesHourly,
    long ListedAt)
{
    public const string Thousand = "1000";

    public byte[] SymbolBytes { get; } = Encoding.UTF8.GetBytes(Symbol);

    /// <summary>What all venues' instruments of one coin share: price moves the same way everywhere.</summary>
    public string Coin { get; } = BaseAsset.StartsWith(Thousand, StringComparison.Ordinal) ? BaseAsset[Thousand.Length..] : BaseAsset;

    public double Tick { get; } = Math.Pow(10, -PriceDigits);

    public double Lot { get; } = Math.Pow(10, -LotDigits);

    /// <summary>The size of a usual trade: busy markets have bigger ones, and a dead coin's single trade carries its hour.</summary>
    public double UsualTrade => TradesHourly ? DailyQuote / 24 : 200 * Math.Pow(DailyQuote / 1e6, 0.27);
}
