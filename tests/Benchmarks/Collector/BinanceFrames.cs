using System.Globalization;
using System.Text;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>Candle frames as Binance sends them, for any instrument, minute and state.</summary>
internal static class BinanceFrames
{
    public static string Symbol(int instrument) => string.Create(CultureInfo.InvariantCulture, $"COIN{instrument}USDT");

    /// <param name="update">Grows within the minute, and trades and volume with it.</param>
    public static byte[] Of(int instrument, long minute, int update, bool isClosed)
    {
        var symbol = Symbol(instrument);
        var end = minute + Timeframe.MinuteMs;
        var at = isClosed ? end + 3 : minute + 1 + update;
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$$"""{"stream":"{{{{symbol.ToLowerInvariant()}}}}@kline_1m","data":{"e":"kline","E":{{{{at}}}},"s":"{{{{symbol}}}}","k":{"t":{{{{minute}}}},"T":{{{{end - 1}}}},"s":"{{{{symbol}}}}","i":"1m","f":100,"L":{{{{100 + update}}}},"o":"91000.10","c":"91005.20","h":"91010.50","l":"90990.00","v":"{{{{12 + update}}}}.345","n":{{{{321 + update}}}},"x":{{{{(isClosed ? "true" : "false")}}}},"q":"{{{{1123456 + update}}}}.78","V":"6.100","Q":"555000.50","B":"0"}}}"""));
    }
}
