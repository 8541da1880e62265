using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>What an exchange still has of an instrument that is traded no more: its history has ended, so every row of it is final.</summary>
internal static class LastRows
{
    /// <returns>Null when the exchange did not answer: then it is to be asked again.</returns>
    public static async Task<IReadOnlyList<Candle>?> OfAsync(
        IExchange exchange, FollowedInstrument gone, long from, long through, ILogger logger, CancellationToken stop)
    {
        try
        {
            return await exchange.CandlesAsync(gone.Id.Symbol, Timeframe.OneMinute, from, through, stop);
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.LookUpFailed(logger, gone.Id, e.Message);
            return RestFailure.IsRefusal(e) ? [] : null; // some exchanges forget what they delist
        }
    }
}
