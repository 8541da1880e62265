using System.Text.Json;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>
/// Each instrument's volume of a day, from an exchange's list of tickers; of one that is listed twice the last counts. A ticker
/// that cannot be read, as of what was never traded, tells none.
/// </summary>
internal static class DayVolumes
{
    public static Dictionary<string, double> Of(JsonElement tickers, string symbol, Func<JsonElement, double> volumeOf)
    {
        var volumes = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, volume) in ReadableRows.Of(tickers, ticker => Tuple.Create(JsonTexts.Of(ticker, symbol), volumeOf(ticker))).Rows) volumes[name] = volume;
        return volumes;
    }
}
