using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>What became of an instrument between two looks; there was nothing before the first.</summary>
internal readonly record struct FrameChange(LatestFrame? Before, LatestFrame Now);

/// <summary>
/// The frame book as it stood at the last look, and what has changed since the one before. Every channel of one moment
/// sees the same market. Looked at and moved under its owner's lock only.
/// </summary>
internal sealed class MarketView(FrameBook book)
{
    private readonly Dictionary<InstrumentId, LatestFrame> _frames = [];
    private readonly List<FrameChange> _changes = [];

    public IReadOnlyCollection<LatestFrame> Frames => _frames.Values;

    public IReadOnlyList<FrameChange> Changes => _changes;

    public void Advance()
    {
        _changes.Clear();
        foreach (var frame in book.All)
        {
            var before = _frames.GetValueOrDefault(frame.Instrument);
            if (ReferenceEquals(before, frame)) continue;
            _frames[frame.Instrument] = frame;
            _changes.Add(new FrameChange(before, frame));
        }
    }
}
