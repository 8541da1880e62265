using System.Buffers;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>
/// The instruments' states in the database. One that is stored had all its frames in the stream before, so a candle that
/// it knows needs no frame after a restart; candles that it does not know are calculated as if we had never stopped.
/// </summary>
internal sealed class StateStore(SnapshotStore snapshots, LaneSet lanes, WhenAvailable whenAvailable, TimeProvider time)
{
    private const string Kind = "calculator-state";
    private const int Format = 1;

    /// <summary>Takes the states one by one, so that candles pass between them.</summary>
    public async Task<IReadOnlyList<(string Name, Snapshot Snapshot)>> TakeAsync(int partition, long sequence, CancellationToken stop)
    {
        var lane = lanes.Of(partition);
        await lane.ForgetSilentAsync(partition, stop);
        var taken = new List<(string, Snapshot)>();
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var id in await lane.InstrumentsAsync(partition, stop))
        {
            buffer.ResetWrittenCount();
            if (!await lane.SnapshotAsync(partition, id, buffer, stop)) continue;
            taken.Add((id.ToString(), new Snapshot(Format, sequence, time.GetUtcNow().ToUnixTimeMilliseconds(), buffer.WrittenMemory.ToArray())));
        }

        return taken;
    }

    /// <summary>Stores states, and removes those that nobody renewed for a day.</summary>
    public static async Task SaveAsync(
        FencedTransaction transaction, int partition, IReadOnlyList<(string Name, Snapshot Snapshot)> states, CancellationToken stop)
    {
        if (states.Count == 0) return;
        await SnapshotStore.SaveAsync(transaction, Kind, partition, states, stop);
        await SnapshotStore.RemoveOlderAsync(transaction, Kind, partition, states.Max(state => state.Snapshot.TakenAt) - Timeframe.OneDay.Milliseconds, stop);
    }

    /// <summary>Puts stored states into the lane and says what those that fitted know.</summary>
    public async Task<Dictionary<InstrumentId, RestoredState>> RestoreAsync(int partition, CancellationToken stop)
    {
        var restored = new Dictionary<InstrumentId, RestoredState>();
        var stored = await whenAvailable.RunAsync("reading states", token => snapshots.ReadAsync(Kind, partition, token), stop);
        foreach (var (name, snapshot) in stored)
        {
            if (snapshot.Format != Format || !InstrumentId.TryParse(name, out var id)) continue;
            if (await lanes.Of(partition).RestoreAsync(partition, id, snapshot.Content, stop) is { } state) restored[id] = state;
        }

        return restored;
    }
}
