using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Compatibility.Udf;

/// <summary>An instrument as charting libraries want it; names by their convention.</summary>
internal sealed record UdfSymbol(
    string Name, string FullName, string Ticker, string Description, string Type, string Session, string Timezone, string Exchange, string ListedExchange,
    int Minmov, long Pricescale, bool HasIntraday, bool HasDaily, IReadOnlyList<string> SupportedResolutions, int VolumePrecision, string DataStatus);

/// <summary>Instruments described to charting libraries.</summary>
internal sealed class UdfSymbols(CandlePages pages, FrameBook frames)
{
    private const int Looked = 200;
    private const int MaxDecimals = 10;
    private const int DecimalsUnlessKnown = 8;
    private static readonly long Ever = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public async Task<UdfSymbol> DescribeAsync(InstrumentRow instrument, CancellationToken stop)
    {
        var id = instrument.Instrument;
        var decimals = await DecimalsAsync(instrument, stop);
        return new UdfSymbol(
            id.Symbol, id.ToString(), id.ToString(), DescriptionOf(instrument), "crypto", "24x7", "Etc/UTC", id.Exchange, id.Exchange, 1, PowerOfTen(decimals), true,
            HasDaily: pages.Timeframes.Contains("1d"), UdfResolutions.Of(pages.Timeframes), 3, "streaming");
    }

    public static string DescriptionOf(InstrumentRow instrument) =>
        instrument is { BaseAsset: { } one, QuoteAsset: { } other } ? $"{one} / {other} on {instrument.Instrument.Exchange}" : instrument.Instrument.ToString();

    /// <summary>How many decimals its prices have had of late; the exchange's tick size is not stored.</summary>
    private async Task<int> DecimalsAsync(InstrumentRow instrument, CancellationToken stop)
    {
        var candles = await pages.NewestAsync(instrument, Timeframe.OneMinute, 0, Ever, Looked, stop);
        if (candles.Count == 0) return frames.Find(instrument.Instrument) is { } frame && ScreenerEndpoints.ValueOf(frame, "price") is { } price ? DecimalsOf(price) : DecimalsUnlessKnown;
        return candles.Max(candle => Math.Max(Math.Max(DecimalsOf(candle.Open), DecimalsOf(candle.High)), Math.Max(DecimalsOf(candle.Low), DecimalsOf(candle.Close))));
    }

    internal static int DecimalsOf(double price) =>
        Math.Abs(price) < 1e15 ? Math.Min(MaxDecimals, (int)((decimal)price / 1.000000000000000000000000000m).Scale) : 0;

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
