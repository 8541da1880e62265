using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.MetricsCalculator.Persistence;

/// <summary>
/// Closed frames on their way into the database. They wait for their mark, so a minute of a partition is one transaction
/// however its frames trickle in. A frame of a deposed calculator is as good as any: what it says follows from the candles.
/// </summary>
internal sealed class MinuteFrames
{
    /// <summary>4 MB of frames: what is read after an outage is written in pieces of this size.</summary>
    public const int Most = 1_024;

    private readonly InstrumentTable _table = new();
    private readonly List<(InstrumentId Instrument, FrameHeader Header, double[] Numbers)> _frames = [];
    private bool _isMarked;

    public bool IsDue => _isMarked || _frames.Count >= Most;

    public IReadOnlyList<InstrumentId> Instruments => [.. _frames.Select(frame => frame.Instrument)];

    public void Add(in StoredMessage message)
    {
        if (SubjectTokens.IsMark(message.Subject))
        {
            _isMarked = true;
            return;
        }

        if (_table.Get(SubjectTokens.Exchange(message.Subject), SubjectTokens.Symbol(message.Subject)) is not { } instrument) return;
        if (!FrameCodec.TryReadHeader(message.Data.Span, out var header, out var count) || !header.IsClosed) return;
        var numbers = new double[count];
        FrameCodec.ReadValues(message.Data.Span, numbers);
        _frames.Add((instrument, header, numbers));
    }

    /// <param name="ids">Of <see cref="Instruments"/>.</param>
    public MetricRow[] Rows(IReadOnlyList<int> ids) =>
        [.. _frames.Select((frame, i) => new MetricRow(ids[i], frame.Header.Minute, frame.Header.CatalogueHash, frame.Numbers))];

    public void Clear()
    {
        _frames.Clear();
        _isMarked = false;
    }
}
