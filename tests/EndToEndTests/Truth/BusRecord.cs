using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.EndToEndTests.Truth;

/// <summary>All that CANDLES holds, read in its order: what counts of each minute, and where it broke a promise.</summary>
/// <param name="instruments">Those that were traded all the time: every mark speaks of them.</param>
internal sealed class BusRecord(IReadOnlyCollection<InstrumentId> instruments)
{
    private readonly Dictionary<(InstrumentId Instrument, long Minute), (Candle Candle, CandleSource Source)> _counts = [];
    private readonly HashSet<(InstrumentId, Candle, CandleSource)> _said = [];
    private readonly Dictionary<InstrumentId, long> _newest = [];
    private readonly Dictionary<(string Exchange, int Partition), long> _marked = [];
    private readonly ILookup<(string, int), InstrumentId> _ofPartition =
        instruments.ToLookup(i => (i.Exchange, Partitioning.Of(i, Partitioning.DefaultCount)));

    public List<string> Broken { get; } = [];

    /// <summary>What marks called missing.</summary>
    public List<(InstrumentId Instrument, long Minute)> Missing { get; } = [];

    /// <summary>Minutes of which nothing was said before one behind them was.</summary>
    public HashSet<(InstrumentId Instrument, long Minute)> Overtaken { get; } = [];

    public IEnumerable<(InstrumentId Instrument, Candle Candle, CandleSource Source)> Counting => _counts.Select(c => (c.Key.Instrument, c.Value.Candle, c.Value.Source));

    public void Add(in StoredMessage message)
    {
        var subject = message.Subject;
        if (SubjectTokens.IsMark(subject))
        {
            Add(BusJson.Read(message.Data.Span, ContractsJson.Default.Mark)!);
            return;
        }

        var instrument = new InstrumentId(SubjectTokens.Exchange(subject).ToString(), SubjectTokens.Symbol(subject).ToString());
        if (!CandleCodec.TryRead(message.Data.Span, instrument, out var update) || !update.IsClosed)
        {
            Broken.Add($"{instrument}: message {message.Sequence} is not a closed candle");
            return;
        }

        if (!_said.Add((instrument, update.Candle, update.Source))) Broken.Add($"{instrument}: {update.Candle} was said twice");
        var key = (instrument, update.Candle.OpenTime);
        if (!_counts.ContainsKey(key) && update.Candle.OpenTime < _newest.GetValueOrDefault(instrument)) Overtaken.Add(key);
        _newest[instrument] = Math.Max(_newest.GetValueOrDefault(instrument), update.Candle.OpenTime);
        if (!_counts.TryGetValue(key, out var known) || update.Source.Rank() >= known.Source.Rank()) _counts[key] = (update.Candle, update.Source);
    }

    private void Add(Mark mark)
    {
        var partition = (mark.Exchange, mark.Partition);
        if (_marked.TryGetValue(partition, out var last) && mark.Minute > last + Timeframe.MinuteMs) Broken.Add($"{partition}: no mark between {last} and {mark.Minute}");
        _marked[partition] = Math.Max(last, mark.Minute);
        Missing.AddRange(mark.Missing.Select(symbol => (new InstrumentId(mark.Exchange, symbol), mark.Minute)));
        foreach (var instrument in _ofPartition[partition])
        {
            if (!mark.Missing.Contains(instrument.Symbol) && !_counts.ContainsKey((instrument, mark.Minute)))
                Broken.Add($"{instrument}: the mark of {mark.Minute} came before its candle");
        }
    }
}
