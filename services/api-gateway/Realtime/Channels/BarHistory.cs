using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

internal delegate Task<IReadOnlyList<Candle>> ReadMinutes(InstrumentId instrument, long from, long through, CancellationToken stop);

/// <summary>The stored minutes that a forming bar consists of.</summary>
internal sealed class BarHistory(InstrumentStore instruments, CandleReader candles, ILogger<BarHistory> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Candle>> ReadAsync(InstrumentId instrument, long from, long through, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ending.CancelAfter(Patience);
        try
        {
            var minutes = new List<Candle>();
            var id = (await instruments.ResolveAsync([instrument], ending.Token))[0];
            await candles.ReadAsync(id, Timeframe.OneMinute, from, through, minutes, ending.Token);
            return minutes;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            GatewayLog.MinutesNotRead(logger, instrument, e.Message);
            throw;
        }
    }
}
