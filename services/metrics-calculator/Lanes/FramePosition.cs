using System.Text.Json;
using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Marks;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>
/// From where a partition must be calculated again after a restart, and through which minute each exchange was calculated:
/// state through those minutes comes from the database, the rest from the stream behind the position. At a mark all candles
/// of its exchange through that minute lie before it. So the position lies before the first candle of a minute that its exchange
/// has told and not marked; what others told and marked after it is known, and no frame of it is made again.
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
    private ulong _lastMark;
    private (ulong Sequence, IReadOnlyDictionary<string, long> Minutes) _newest;

    /// <param name="sequence">The position that was stored; 0 for none in this stream.</param>
    /// <param name="minutes">What each exchange was marked through there.</param>
    public FramePosition(ulong sequence, IReadOnlyDictionary<string, long> minutes)
    {
        _from = _lastMark = sequence;
        _newest = (sequence, minutes);
        foreach (var (exchange, minute) in minutes) Of(exchange).Marked(minute);
    }

    private sealed class Exchange
    {
        // By minute: of several minutes told before their marks, each mark settles only its own and those before it.
        private readonly Dictionary<long, ulong> _toldFrom = [];

        public long? MarkedMinute { get; private set; }

        public long NewestMinute { get; private set; }

        /// <summary>The first that was told and that no mark was about yet; 0 for nothing.</summary>
        public ulong ToldFrom => _toldFrom.Count == 0 ? 0 : _toldFrom.Values.Min();

        public int MarksOfOthers { get; set; }

        public bool IsSilent => MarksOfOthers >= SilentMarks;

        public void Told(long minute, ulong sequence)
        {
            NewestMinute = Math.Max(NewestMinute, minute);
            _toldFrom.TryAdd(minute, sequence);
            MarksOfOthers = 0;
        }

        public void Marked(long minute)
        {
            NewestMinute = Math.Max(NewestMinute, minute);
            (MarkedMinute, MarksOfOthers) = (minute, 0);
            foreach (var told in _toldFrom.Keys)
                if (told <= minute) _toldFrom.Remove(told);
        }
    }

    /// <summary>What is read again from before the stored position says nothing new.</summary>
    public void Closed(string exchange, long minute, ulong sequence)
    {
        if (sequence > _from) Of(exchange).Told(minute, sequence);
    }

    public void Marked(Mark mark, ulong sequence)
    {
        if (sequence <= _from) return;
        foreach (var exchange in _exchanges.Values) exchange.MarksOfOthers++;
        Of(mark.Exchange).Marked(mark.Minute);
        _lastMark = sequence;
    }

    /// <summary>
    /// The newest position, and the minute each exchange was marked through; of one that fell silent, the last minute it told.
    /// It never goes back: one that speaks again counts from its next mark.
    /// </summary>
    public (ulong Sequence, IReadOnlyDictionary<string, long> Minutes) Newest()
    {
        var marked = _exchanges.Where(e => e.Value.MarkedMinute is not null).ToList();
        var waitedFor = marked.Where(e => e.Value.ToldFrom > 0 && !e.Value.IsSilent);
        var sequence = waitedFor.Select(e => e.Value.ToldFrom - 1).DefaultIfEmpty(_lastMark).Min();
        if (sequence < _newest.Sequence) return _newest;
        var minutes = marked.ToDictionary(e => e.Key, e => e.Value.IsSilent ? e.Value.NewestMinute : e.Value.MarkedMinute!.Value, StringComparer.Ordinal);
        return _newest = (sequence, minutes);
    }

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
