using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>The exchangeInfo documents.</summary>
internal static class BinanceInfo
{
    public static void WriteUsdM(Utf8JsonWriter json, Market market)
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
        if (!Market.IsPublic(listing)) return;
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("pair", instrument.Symbol);
        json.WriteString("contractType", "PERPETUAL");
        json.WriteNumber("deliveryDate", Math.Min(listing.EndsAt, Never));
        json.WriteNumber("onboardDate", listing.ListedAt);
        json.WriteString("status", now < listing.ListedAt ? "PENDING_TRADING" : now < listing.EndsAt ? "TRADING" : "SETTLING");
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
        var tick = Scaled.Text(1, instrument.PriceDigits);
        var lot = Scaled.Text(1, instrument.LotDigits);
        json.WritePropertyName("filters");
        json.WriteRawValue(
            $$"""
            [{"filterType":"PRICE_FILTER","minPrice":"{{tick}}","maxPrice":"1000000","tickSize":"{{tick}}"},{"filterType":"LOT_SIZE","minQty":"{{lot}}","maxQty":"10000000","stepSize":"{{lot}}"},{"filterType":"MARKET_LOT_SIZE","minQty":"{{lot}}","maxQty":"1000000","stepSize":"{{lot}}"},{"filterType":"MAX_NUM_ORDERS","limit":200},{"filterType":"MIN_NOTIONAL","notional":"5"},{"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"}]
            """);
    }

    public static void WriteSpot(Utf8JsonWriter json, Market market)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", market.Clock.NowMs);
        json.WritePropertyName("rateLimits");
        json.WriteRawValue("""[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},{"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":300000}]""");
        json.WritePropertyName("exchangeFilters");
        json.WriteRawValue("[]");
        json.WriteStartArray("symbols");
        foreach (var listing in market.Listings) Pair(json, listing, market.Clock.NowMs);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Pair(Utf8JsonWriter json, Listing listing, long now)
    {
        if (!Market.IsPublic(listing) || listing.ListedAt > now) return;
        var instrument = listing.Instrument;
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("status", now < listing.EndsAt ? "TRADING" : "BREAK");
        json.WriteString("baseAsset", instrument.BaseAsset);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteString("quoteAsset", instrument.QuoteAsset);
        json.WriteNumber("quotePrecision", 8);
        json.WriteNumber("quoteAssetPrecision", 8);
        json.WriteNumber("baseCommissionPrecision", 8);
        json.WriteNumber("quoteCommissionPrecision", 8);
        json.WritePropertyName("orderTypes");
        json.WriteRawValue("""["LIMIT","LIMIT_MAKER","MARKET","STOP_LOSS_LIMIT","TAKE_PROFIT_LIMIT"]""");
        json.WriteBoolean("icebergAllowed", true);
        json.WriteBoolean("ocoAllowed", true);
        json.WriteBoolean("isSpotTradingAllowed", true);
        json.WriteBoolean("isMarginTradingAllowed", false);
        Filters(json, instrument);
        json.WritePropertyName("permissions");
        json.WriteRawValue("[]");
        json.WritePropertyName("permissionSets");
        json.WriteRawValue("""[["SPOT"]]""");
        json.WriteString("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        json.WriteEndObject();
    }
}
