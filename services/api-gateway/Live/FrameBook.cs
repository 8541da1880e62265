using System.Collections.Concurrent;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>The latest frame of every instrument; read by requests, written by the listeners.</summary>
internal sealed class FrameBook
{
    private readonly ConcurrentDictionary<InstrumentId, LatestFrame> _frames = new();

    // Not Values, which locks the book and copies it.
    public IEnumerable<LatestFrame> All => _frames.Select(static frame => frame.Value);

    public LatestFrame? Find(InstrumentId instrument) => _frames.GetValueOrDefault(instrument);

    public void Offer(LatestFrame frame) =>
        _frames.AddOrUpdate(frame.Instrument, static (_, f) => f, static (_, old, f) => f.IsNewerThan(old) ? f : old, frame);
}
