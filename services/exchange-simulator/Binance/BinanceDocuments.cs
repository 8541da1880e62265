using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>The bodies of Binance's HTTP answers.</summary>
internal static class BinanceDocuments
{
    public static void Empty(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    public static void Time(Utf8JsonWriter json, long now)
    {
        json.WriteStartObject();
        json.WriteNumber("serverTime", now);
        json.WriteEndObject();
    }

    public static void Klines(Utf8JsonWriter json, Instrument instrument, Interval interval, List<Bar> bars)
    {
        json.WriteStartArray();
        foreach (var bar in bars)
        {
            json.WriteStartArray();
            json.WriteNumberValue(bar.OpenTime);
            Text(json, bar.Open, instrument.PriceDigits);
            Text(json, bar.High, instrument.PriceDigits);
            Text(json, bar.Low, instrument.PriceDigits);
            Text(json, bar.Close, instrument.PriceDigits);
            Text(json, bar.Lots, instrument.LotDigits);
            json.WriteNumberValue((interval.NextMinute(bar.OpenTime / 60_000) * 60_000) - 1);
            Text(json, bar.Quote, Bar.QuoteDigits);
            json.WriteNumberValue(bar.Trades);
            Text(json, bar.TakerLots, instrument.LotDigits);
            Text(json, bar.TakerQuote, Bar.QuoteDigits);
            json.WriteStringValue("0"u8);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public static void Tickers(Utf8JsonWriter json, List<(Instrument Instrument, Bar Day)> days, long now)
    {
        json.WriteStartArray();
        foreach (var (instrument, day) in days) Ticker(json, instrument, day, now);
        json.WriteEndArray();
    }

    public static void Ticker(Utf8JsonWriter json, Instrument instrument, in Bar day, long now)
    {
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        Text(json, "priceChange", day.Close - day.Open, instrument.PriceDigits);
        Text(json, "priceChangePercent", (long)Math.Round((day.Close - day.Open) * 100_000.0 / day.Open), 3);
        Text(json, "weightedAvgPrice", BinanceFormat.AveragePrice(day, instrument), instrument.PriceDigits);
        Text(json, "lastPrice", day.Close, instrument.PriceDigits);
        json.WriteString("lastQty", "1");
        Text(json, "openPrice", day.Open, instrument.PriceDigits);
        Text(json, "highPrice", day.High, instrument.PriceDigits);
        Text(json, "lowPrice", day.Low, instrument.PriceDigits);
        Text(json, "volume", day.Lots, instrument.LotDigits);
        Text(json, "quoteVolume", day.Quote, Bar.QuoteDigits);
        json.WriteNumber("openTime", day.OpenTime);
        json.WriteNumber("closeTime", now);
        json.WriteNumber("firstId", day.FirstTradeId);
        json.WriteNumber("lastId", day.LastTradeId);
        json.WriteNumber("count", day.Trades);
        json.WriteEndObject();
    }

    public static void UsdMInfo(Utf8JsonWriter json, Market market)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", market.Clock.NowMs);
        json.WriteString("futuresType", "U_MARGINED");
        json.WritePropertyName("rateLimits");
        json.WriteRawValue("""[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400},{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200}]""");
        json.WritePropertyName("exchangeFilters");
        json.WriteRawValue("[]");
        json.WritePropertyName("assets");
        json.WriteRawValue("""[{"asset":"USDT","marginAvailable":true,"autoAssetExchange":"-10000"}]""");
        json.WriteStartArray("symbols");
        foreach (var listing in market.Listings) Contract(json, listing, market.Clock.NowMs);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Contract(Utf8JsonWriter json, Listing listing, long now)
    {
        const long Never = 4_133_404_800_000;
        var instrument = listing.Instrument;
        if (instrument.ListedAt > now) return;
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("pair", instrument.Symbol);
        json.WriteString("contractType", "PERPETUAL");
        json.WriteNumber("deliveryDate", Math.Min(listing.EndsAt, Never));
        json.WriteNumber("onboardDate", instrument.ListedAt);
        json.WriteString("status", now < listing.EndsAt ? "TRADING" : "SETTLING");
        json.WriteString("maintMarginPercent", "2.5000");
        json.WriteString("requiredMarginPercent", "5.0000");
        json.WriteString("baseAsset", instrument.BaseAsset);
        json.WriteString("quoteAsset", instrument.QuoteAsset);
        json.WriteString("marginAsset", instrument.QuoteAsset);
        json.WriteNumber("pricePrecision", instrument.PriceDigits);
        json.WriteNumber("quantityPrecision", instrument.LotDigits);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteNumber("quotePrecision", 8);
        json.WriteString("underlyingType", "COIN");
        json.WritePropertyName("underlyingSubType");
        json.WriteRawValue("[]");
        json.WriteString("triggerProtect", "0.0500");
        json.WriteString("liquidationFee", "0.012500");
        json.WriteString("marketTakeBound", "0.05");
        Filters(json, instrument);
        json.WritePropertyName("orderTypes");
        json.WriteRawValue("""["LIMIT","MARKET","STOP","STOP_MARKET","TAKE_PROFIT","TAKE_PROFIT_MARKET","TRAILING_STOP_MARKET"]""");
        json.WritePropertyName("timeInForce");
        json.WriteRawValue("""["GTC","IOC","FOK","GTX","GTD"]""");
        json.WriteEndObject();
    }

    private static void Filters(Utf8JsonWriter json, Instrument instrument)
    {
        var tick = Decimal(1, instrument.PriceDigits);
        var lot = Decimal(1, instrument.LotDigits);
        json.WritePropertyName("filters");
        json.WriteRawValue(
            $$"""
            [{"filterType":"PRICE_FILTER","minPrice":"{{tick}}","maxPrice":"1000000","tickSize":"{{tick}}"},{"filterType":"LOT_SIZE","minQty":"{{lot}}","maxQty":"10000000","stepSize":"{{lot}}"},{"filterType":"MARKET_LOT_SIZE","minQty":"{{lot}}","maxQty":"1000000","stepSize":"{{lot}}"},{"filterType":"MAX_NUM_ORDERS","limit":200},{"filterType":"MIN_NOTIONAL","notional":"5"},{"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"}]
            """);
    }

    public static string Decimal(long value, int digits)
    {
        Span<byte> room = stackalloc byte[40];
        var text = new Utf8Builder(room);
        text.Decimal(value, digits);
        return System.Text.Encoding.ASCII.GetString(text.Written);
    }

    private static void Text(Utf8JsonWriter json, string name, long value, int digits)
    {
        json.WritePropertyName(name);
        Text(json, value, digits);
    }

    private static void Text(Utf8JsonWriter json, long value, int digits)
    {
        Span<byte> room = stackalloc byte[40];
        var text = new Utf8Builder(room);
        text.Decimal(value, digits);
        json.WriteStringValue(text.Written);
    }
}
