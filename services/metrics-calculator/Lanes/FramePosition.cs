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
    /// <summary>
    /// After so many marks of others an exchange of which nothing was heard meanwhile is over or away, and no longer waited for:
    /// a restart would have to calculate again all that the others said since. Marks, not minutes: exchanges may differ in time.
    /// </summary>
    private const int SilentMarks = 100;

    private readonly Dictionary<string, Exchange> _exchanges = new(StringComparer.Ordinal);
    private readonly ulong _from;
    private (ulong Sequence, IReadOnlyDictionary<string, long> Minutes) _newest;

    /// <param name="sequence">The position that was stored; 0 for none in this stream.</param>
    /// <param name="minutes">What each exchange was marked through there. Until one is heard again it holds nobody up.</param>
    public FramePosition(ulong sequence, IReadOnlyDictionary<string, long> minutes)
    {
        _from = sequence;
        _newest = (sequence, minutes);
        foreach (var (exchange, minute) in minutes)
        {
            Of(exchange).Mark(minute, sequence);
            Of(exchange).MarksOfOthers = SilentMarks;
        }
    }

    private sealed class Exchange
    {
        public Queue<(long Minute, ulong Sequence)> Marks { get; } = [];

        public long NewestMinute { get; private set; }

        public ulong HeardAt { get; private set; }

        public int MarksOfOthers { get; set; }

        public void Heard(long minute, ulong sequence)
        {
            NewestMinute = Math.Max(NewestMinute, minute);
            HeardAt = sequence;
            MarksOfOthers = 0;
        }

        public void Mark(long minute, ulong sequence)
        {
            Heard(minute, sequence);
            Marks.Enqueue((minute, sequence));
        }
    }

    /// <summary>What is read again from before the stored position says nothing new.</summary>
    public void Closed(string exchange, long minute, ulong sequence)
    {
        if (sequence > _from) Of(exchange).Heard(minute, sequence);
    }

    public void Marked(Mark mark, ulong sequence)
    {
        if (sequence <= _from) return;
        foreach (var exchange in _exchanges.Values) exchange.MarksOfOthers++;
        Of(mark.Exchange).Mark(mark.Minute, sequence);
    }

    /// <summary>
    /// The newest position that is behind a mark of every exchange, and each exchange's last marked minute there; of one that
    /// fell silent before it, the last minute it told. It never goes back: one that speaks again counts from its next mark.
    /// </summary>
    public (ulong Sequence, IReadOnlyDictionary<string, long> Minutes) Newest()
    {
        var marked = _exchanges.Where(e => e.Value.Marks.Count > 0).ToList();
        if (marked.TrueForAll(e => IsSilent(e.Value))) return _newest;
        var sequence = marked.Where(e => !IsSilent(e.Value)).Min(e => e.Value.Marks.Last().Sequence);
        if (marked.Exists(e => IsSilent(e.Value) && e.Value.HeardAt > sequence)) sequence = marked.Min(e => e.Value.Marks.Last().Sequence);
        if (sequence < _newest.Sequence) return _newest;
        var minutes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, exchange) in marked)
        {
            // The last mark at or before the position stays: it is asked for again until a newer one is.
            while (exchange.Marks.Count > 1 && exchange.Marks.ElementAt(1).Sequence <= sequence) exchange.Marks.Dequeue();
            if (exchange.Marks.Peek().Sequence <= sequence) minutes[name] = IsSilent(exchange) ? exchange.NewestMinute : exchange.Marks.Peek().Minute;
        }

        return _newest = (sequence, minutes);
    }

    private static bool IsSilent(Exchange exchange) => exchange.MarksOfOthers >= SilentMarks;

    private Exchange Of(string name)
    {
        if (!_exchanges.TryGetValue(name, out var exchange)) _exchanges[name] = exchange = new Exchange();
        return exchange;
    }
}

[JsonSerializable(typeof(Dictionary<string, long>))]
internal sealed partial class FramePositionJson : JsonSerializerContext
{
    public static byte[] Write(Dictionary<string, long> minutes) => JsonSerializer.SerializeToUtf8Bytes(minutes, Default.DictionaryStringInt64);

    public static Dictionary<string, long> Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.DictionaryStringInt64) ?? [];
}
