using CryptoScreener.ExchangeSimulator.Feeds;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>Which channels one of OKX's addresses has.</summary>
internal sealed record OkxChannels(bool HasCandles, bool HasTickers)
{
    private const string Candle = "candle";

    public Topic? Find(OkxSwap venue, string channel, string instrument)
    {
        if (venue.Market.Find(instrument) is not { } listing || venue.Market.Clock.NowMs >= listing.EndsAt) return null;
        if (HasTickers && channel == "tickers") return venue.Feed.Ticker(listing.Instrument.Index);
        return HasCandles && channel.StartsWith(Candle, StringComparison.Ordinal) && OkxIntervals.Parse(channel[Candle.Length..]) is { } interval
            ? venue.Feed.Klines(listing.Instrument.Index, interval)
            : null;
    }
}
