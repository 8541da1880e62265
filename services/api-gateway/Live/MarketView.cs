namespace CryptoScreener.ApiGateway.Live;

/// <summary>What became of an instrument between two looks; there was nothing before the first.</summary>
internal readonly record struct FrameChange(LatestFrame? Before, LatestFrame Now);

/// <summary>
/// The frame book as it stood at the last look, and what has changed since the one before. Every channel of one moment
/// sees the same market. Looked at and moved under its owner's lock only.
/// </summary>
internal sealed class MarketView(FrameBook book)
{
    private readonly List<LatestFrame> _frames = [];
    private readonly List<FrameChange> _changes = [];

    public IEnumerable<LatestFrame> Frames => _frames.Where(frame => !book.IsForgotten(frame));

    public IReadOnlyList<FrameChange> Changes => _changes;

    /// <summary>A comparison of references by number: cheap enough for a look every few milliseconds at thousands of instruments.</summary>
    public void Advance()
    {
        _changes.Clear();
        var count = book.Count;
        for (var i = 0; i < count; i++)
        {
            var now = book[i];
            if (i == _frames.Count)
            {
                _frames.Add(now);
                _changes.Add(new FrameChange(null, now));
            }
            else if (!ReferenceEquals(_frames[i], now))
            {
                _changes.Add(new FrameChange(_frames[i], now));
                _frames[i] = now;
            }
        }
    }
}
