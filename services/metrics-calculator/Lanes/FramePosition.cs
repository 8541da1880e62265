using System.Text.Json;
using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Marks;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>
/// From where a partition must be calculated again after a restart. At a mark all candles of its exchange through that
/// minute lie before it; so does everything of the other exchanges through their last mark before it. State through
/// those minutes comes from the database, the rest from the stream behind the position.
/// </summary>
internal sealed class FramePosition
{
    private readonly Dictionary<string, Queue<(long Minute, ulong Sequence)>> _marks = new(StringComparer.Ordinal);

    public void Marked(Mark mark, ulong sequence)
    {
        if (!_marks.TryGetValue(mark.Exchange, out var marks)) _marks[mark.Exchange] = marks = new Queue<(long, ulong)>();
        marks.Enqueue((mark.Minute, sequence));
    }

    /// <summary>The newest position that is behind a mark of every exchange, and each exchange's last marked minute there.</summary>
    public (ulong Sequence, Dictionary<string, long> Minutes) Newest()
    {
        var sequence = _marks.Values.Min(marks => marks.Last().Sequence);
        var minutes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (exchange, marks) in _marks)
        {
            // The last mark at or before the position stays: it is asked for again until a newer one is.
            while (marks.Count > 1 && marks.ElementAt(1).Sequence <= sequence) marks.Dequeue();
            if (marks.Peek().Sequence <= sequence) minutes[exchange] = marks.Peek().Minute;
        }

        return (sequence, minutes);
    }
}

[JsonSerializable(typeof(Dictionary<string, long>))]
internal sealed partial class FramePositionJson : JsonSerializerContext
{
    public static byte[] Write(Dictionary<string, long> minutes) => JsonSerializer.SerializeToUtf8Bytes(minutes, Default.DictionaryStringInt64);

    public static Dictionary<string, long> Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.DictionaryStringInt64) ?? [];
}
