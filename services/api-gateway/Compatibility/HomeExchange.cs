using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Compatibility;

/// <summary>Earlier clients know one exchange and name instruments by symbol alone. Theirs is the first of these that there is.</summary>
internal static class HomeExchange
{
    private static readonly string[] Preferred = ["binance-futures", "binance-spot", "bybit-linear", "okx-swap"];

    /// <summary>Lower comes first; exchanges nobody ranked come last, by name.</summary>
    public static int RankOf(string exchange) => Array.IndexOf(Preferred, exchange) is >= 0 and var rank ? rank : Preferred.Length;

    /// <summary>The exchange that lists speak of; null while nothing is known of any.</summary>
    public static string? Of(IEnumerable<LatestFrame> frames) => frames
        .Select(frame => frame.Instrument.Exchange).Distinct(StringComparer.Ordinal)
        .OrderBy(RankOf).ThenBy(exchange => exchange, StringComparer.Ordinal).FirstOrDefault();

    /// <summary><c>BTCUSDT</c>, or <c>binance-futures:BTCUSDT</c> in any case; null when there is no such instrument.</summary>
    public static async ValueTask<InstrumentRow?> FindAsync(InstrumentDirectory directory, string text, CancellationToken stop)
    {
        var all = await directory.AllAsync(stop);
        var (exchange, symbol) = text.Split(':', 2) is [var prefix, var rest] ? (prefix.ToLowerInvariant(), rest) : (null, text);
        if (exchange is not null)
            return InstrumentId.IsToken(exchange) && InstrumentId.IsToken(symbol.ToUpperInvariant()) ? all.GetValueOrDefault(new InstrumentId(exchange, symbol.ToUpperInvariant())) : null;
        return all.Values.Where(row => string.Equals(row.Instrument.Symbol, symbol, StringComparison.OrdinalIgnoreCase))
            .OrderBy(row => RankOf(row.Instrument.Exchange)).ThenBy(row => row.Instrument.Exchange, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The same among the instruments that have a frame.</summary>
    public static LatestFrame? FindFrame(FrameBook frames, string text)
    {
        var (exchange, symbol) = text.Split(':', 2) is [var prefix, var rest] ? (prefix, rest) : (null, text);
        return frames.All
            .Where(frame => string.Equals(frame.Instrument.Symbol, symbol, StringComparison.OrdinalIgnoreCase))
            .Where(frame => exchange is null || string.Equals(frame.Instrument.Exchange, exchange, StringComparison.OrdinalIgnoreCase))
            .OrderBy(frame => RankOf(frame.Instrument.Exchange)).ThenBy(frame => frame.Instrument.Exchange, StringComparer.Ordinal).FirstOrDefault();
    }
}
