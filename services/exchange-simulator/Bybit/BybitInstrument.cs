using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>One entry of instruments-info.</summary>
internal static class BybitInstrument
{
    public static void Write(Utf8JsonWriter json, Listing listing, long now)
    {
        var instrument = listing.Instrument;
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("contractType", "LinearPerpetual");
        json.WriteString("status", now < listing.ListedAt ? "PreLaunch" : "Trading");
        json.WriteString("baseCoin", instrument.BaseAsset);
        json.WriteString("quoteCoin", instrument.QuoteAsset);
        json.WriteString("launchTime", $"{listing.ListedAt}");
        json.WriteString("deliveryTime", "0");
        json.WriteString("deliveryFeeRate", "");
        json.WriteString("priceScale", $"{instrument.PriceDigits}");
        json.WriteStartObject("leverageFilter");
        json.WriteString("minLeverage", "1");
        json.WriteString("maxLeverage", "50.00");
        json.WriteString("leverageStep", "0.01");
        json.WriteEndObject();
        json.WriteStartObject("priceFilter");
        json.WriteScaled("minPrice", 1, instrument.PriceDigits);
        json.WriteString("maxPrice", "1999999.98");
        json.WriteScaled("tickSize", 1, instrument.PriceDigits);
        json.WriteEndObject();
        json.WriteStartObject("lotSizeFilter");
        json.WriteString("maxOrderQty", "1000000.000");
        json.WriteScaled("minOrderQty", 1, instrument.LotDigits);
        json.WriteScaled("qtyStep", 1, instrument.LotDigits);
        json.WriteString("minNotionalValue", "5");
        json.WriteEndObject();
        json.WriteBoolean("unifiedMarginTrade", true);
        json.WriteNumber("fundingInterval", 480);
        json.WriteString("settleCoin", instrument.QuoteAsset);
        json.WriteString("copyTrading", "none");
        json.WriteBoolean("isPreListing", false);
        json.WriteEndObject();
    }
}
