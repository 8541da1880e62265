using System.Collections.Frozen;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>All instruments by name, as the database had them a moment ago; while it is away, as it had them last.</summary>
internal sealed class InstrumentDirectory(InstrumentStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private volatile Snapshot? _known;

    public async ValueTask<FrozenDictionary<InstrumentId, InstrumentRow>> AllAsync(CancellationToken stop)
    {
        if (_known is { } known && time.GetElapsedTime(known.ReadAt) < Fresh) return known.Rows;
        try
        {
            var rows = await store.ListAsync(stop: stop);
            _known = new Snapshot(rows.ToFrozenDictionary(row => row.Instrument), time.GetTimestamp());
        }
        catch (Exception e) when (_known is not null && DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
        {
            // what we had last is as good as it gets
        }

        return _known!.Rows;
    }

    /// <summary>Null when nobody knows it.</summary>
    public async ValueTask<InstrumentRow?> FindAsync(string exchange, string symbol, CancellationToken stop) =>
        InstrumentId.IsToken(exchange) && InstrumentId.IsToken(symbol) ? (await AllAsync(stop)).GetValueOrDefault(new InstrumentId(exchange, symbol)) : null;

    private sealed record Snapshot(FrozenDictionary<InstrumentId, InstrumentRow> Rows, long ReadAt);
}
