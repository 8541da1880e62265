using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>The stored minutes that a forming bar consists of.</summary>
internal sealed class BarHistory(InstrumentStore instruments, CandleReader candles)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Candle>> ReadAsync(InstrumentId instrument, long from, long through, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ending.CancelAfter(Patience);
        var minutes = new List<Candle>();
        var id = (await instruments.ResolveAsync([instrument], ending.Token))[0];
        await candles.ReadAsync(id, Timeframe.OneMinute, from, through, minutes, ending.Token);
        return minutes;
    }
}
