using CryptoScreener.Calculation.Snapshots;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// The closed minutes of one instrument, a column per field, in rings indexed by the minute itself. Half hours are
/// summed once when they end, and again when a minute inside changes; any run of minutes is then a few dozen additions
/// whose result depends on the run alone, not on how or when its minutes came.
/// </summary>
internal sealed class MinuteStore
{
    internal const long None = -1;

    private readonly PriceColumns _prices;
    private readonly DecimalColumn? _volume;
    private readonly DecimalColumn? _takerBuyVolume;
    private readonly TradeCounts? _trades;
    private readonly CandleSource[] _sources; // Forming, the default, marks a minute that is not there
    private readonly MinuteAggregate[] _blocks;
    private readonly QuoteVolumeHistory? _quoteVolume;
    private readonly MinuteAggregate _empty;
    private readonly bool _hasExtremes;
    private readonly int _capacity;

    /// <param name="window">The longest run of minutes that will be asked for.</param>
    /// <param name="wholeHalfHours">How many minutes back a run that begins with a half hour may reach.</param>
    /// <param name="fields">What will be asked for; the rest is NaN, takes no memory and costs no time.</param>
    internal MinuteStore(int window, int wholeHalfHours, CandleParts fields = CandleParts.All)
    {
        // One minute before the window for roc, one block because only minutes of a block that is wholly here may change.
        _capacity = HalfHour.RoundUp(window + 1) + HalfHour.Length;
        _prices = new PriceColumns(_capacity);
        _hasExtremes = (fields & (CandleParts.High | CandleParts.Low)) != 0;
        _volume = fields.HasFlag(CandleParts.Volume) ? new DecimalColumn(_capacity) : null;
        _takerBuyVolume = fields.HasFlag(CandleParts.TakerBuyVolume) ? new DecimalColumn(_capacity) : null;
        _trades = fields.HasFlag(CandleParts.Trades) ? new TradeCounts(_capacity) : null;
        _sources = new CandleSource[_capacity];
        _blocks = new MinuteAggregate[(Math.Max(_capacity, wholeHalfHours) / HalfHour.Length) + 2];
        _quoteVolume = fields.HasFlag(CandleParts.QuoteVolume) ? new QuoteVolumeHistory(2 * window) : null;
        _empty = MinuteAggregate.EmptyOf(fields);
        Array.Fill(_blocks, _empty);
    }

    internal long Newest { get; private set; } = None;

    /// <summary>The first minute that is kept when it is there.</summary>
    internal long Oldest => Newest == None ? None : Math.Max(0, Newest - _capacity + 1);

    /// <summary>How many minutes are here, of those that fit.</summary>
    internal int Count { get; private set; }

    /// <summary>Before this minute nothing can change any more.</summary>
    internal long OldestWritable => Math.Max(0, HalfHour.Ceiling(Newest - _capacity + 1));

    internal CommitOutcome Put(long minute, in Candle candle, CandleSource source)
    {
        if (minute > Newest)
        {
            MoveTo(minute);
            Count++;
            Write(minute, in candle, source);
            return CommitOutcome.NewMinute;
        }

        if (minute < OldestWritable) return CommitOutcome.TooOld;
        var stored = _sources[Slot(minute)];
        if (stored == CandleSource.Forming)
        {
            Count++;
            Write(minute, in candle, source);
            return CommitOutcome.LateMinute;
        }

        var known = Known(minute, in candle);
        if (!CandlePrecedence.Outranks(in candle, source, in known, stored)) return CommitOutcome.Duplicate;
        if (Holds(minute, in candle))
        {
            _sources[Slot(minute)] = source; // a better source that agrees confirms: nothing to publish again
            return CommitOutcome.Duplicate;
        }

        Write(minute, in candle, source);
        return CommitOutcome.Correction;
    }

    internal bool Has(long minute) =>
        minute >= 0 && minute <= Newest && minute > Newest - _capacity && _sources[Slot(minute)] != CandleSource.Forming;

    /// <summary>NaN when the minute is not there.</summary>
    internal double CloseOf(long minute) => Has(minute) ? _prices.Close(Slot(minute)) : double.NaN;

    internal double QuoteVolumeOf(long first, long last) => _quoteVolume?.Sum(first, last, Newest) ?? double.NaN;

    internal MinuteAggregate At(long minute)
    {
        var run = _empty;
        if (Has(minute)) AppendWhole(ref run, minute, Slot(minute), 1);
        return run;
    }

    /// <summary>The minutes from first to last that are here, whole half hours by their sums; its count says whether all are.</summary>
    internal MinuteAggregate Aggregate(long first, long last)
    {
        var run = _empty;
        last = Math.Min(last, Newest);
        var firstBlock = HalfHour.Ceiling(Math.Max(0, first));
        var afterBlocks = HalfHour.FirstMinute(HalfHour.Of(last + 1));
        if (firstBlock >= afterBlocks)
        {
            AppendMinutes(ref run, first, last);
            return run;
        }

        AppendMinutes(ref run, first, firstBlock - 1);
        for (var block = HalfHour.Of(firstBlock); block < HalfHour.Of(afterBlocks); block++)
            if (block > HalfHour.Of(Newest) - _blocks.Length) run.Append(in _blocks[block % _blocks.Length]);
        AppendMinutes(ref run, afterBlocks, last);
        return run;
    }

    internal void Clear()
    {
        Newest = None;
        Array.Clear(_sources);
        Array.Fill(_blocks, _empty);
        _quoteVolume?.Clear();
        Count = 0;
    }

    internal void Transfer(ISnapshot snapshot)
    {
        var (newest, count) = (Newest, Count);
        snapshot.Value(ref newest);
        snapshot.Value(ref count);
        (Newest, Count) = (newest, count);
        _prices.Transfer(snapshot);
        _volume?.Transfer(snapshot);
        _takerBuyVolume?.Transfer(snapshot);
        _trades?.Transfer(snapshot);
        snapshot.Values<CandleSource>(_sources);
        snapshot.Values<MinuteAggregate>(_blocks);
        _quoteVolume?.Transfer(snapshot);
    }

    private bool Holds(long minute, in Candle candle)
    {
        var known = Known(minute, in candle);
        return (known.Open, known.High, known.Low, known.Close) == (candle.Open, candle.High, candle.Low, candle.Close)
            && known.Volume == candle.Volume
            && known.QuoteVolume == candle.QuoteVolume
            && known.TakerBuyVolume.Equals(candle.TakerBuyVolume)
            && known.Trades == candle.Trades;
    }

    /// <summary>The candle that is held for a minute; what is not kept of it is taken to be as in the other one.</summary>
    private Candle Known(long minute, in Candle other)
    {
        var slot = Slot(minute);
        var (open, high, low, close) = _prices[slot];
        return new Candle(
            other.OpenTime, open, high, low, close, _volume?[slot] ?? other.Volume, _quoteVolume?[minute] ?? other.QuoteVolume,
            _trades is { } trades && trades[slot] != Stored(other.Trades) ? trades[slot] : other.Trades,
            _takerBuyVolume?[slot] ?? other.TakerBuyVolume, other.TakerBuyQuoteVolume);
    }

    private void Write(long minute, in Candle candle, CandleSource source)
    {
        var slot = Slot(minute);
        _prices[slot] = (candle.Open, candle.High, candle.Low, candle.Close);
        if (_volume is not null) _volume[slot] = candle.Volume;
        if (_takerBuyVolume is not null) _takerBuyVolume[slot] = candle.TakerBuyVolume;
        if (_trades is not null) _trades[slot] = Stored(candle.Trades);
        _sources[slot] = source;
        if (_quoteVolume is not null) _quoteVolume[minute] = candle.QuoteVolume;

        var block = HalfHour.Of(minute);
        if (HalfHour.LastMinute(block) <= Newest) Seal(block);
    }

    /// <summary>Makes this the newest minute, and what lies between absent.</summary>
    private void MoveTo(long minute)
    {
        var previous = Newest;
        if (previous == None || minute - previous >= 2 * _capacity)
        {
            Clear();
            Newest = minute;
            return;
        }

        for (var m = previous + 1; m <= minute; m++) Forget(m);
        Newest = minute;
        for (var block = HalfHour.Of(previous); HalfHour.LastMinute(block) < minute; block++) Seal(block);
    }

    private void Forget(long minute)
    {
        var slot = Slot(minute);
        if (_sources[slot] != CandleSource.Forming) Count--;
        _sources[slot] = CandleSource.Forming;
        if (_quoteVolume is not null) _quoteVolume[minute] = double.NaN;
    }

    private void AppendMinutes(ref MinuteAggregate run, long first, long last)
    {
        first = Math.Max(Math.Max(0, first), Newest - _capacity + 1);
        if (first > last) return;
        var (slot, count) = (Slot(first), (int)(last - first + 1));
        var head = Math.Min(count, _capacity - slot);
        AppendRun(ref run, first, slot, head);
        if (head < count) AppendRun(ref run, first + head, 0, count - head);
    }

    // Column by column when no minute is missing: a day's window joins some sixty loose minutes, for every instrument at once.
    private void AppendRun(ref MinuteAggregate run, long first, int slot, int count)
    {
        if (_sources.AsSpan(slot, count).Contains(CandleSource.Forming))
        {
            for (var i = 0; i < count; i++)
                if (_sources[slot + i] != CandleSource.Forming) AppendWhole(ref run, first + i, slot + i, 1);
            return;
        }

        AppendWhole(ref run, first, slot, count);
    }

    private void AppendWhole(ref MinuteAggregate run, long first, int slot, int count)
    {
        if (run.Count == 0) run.Open = _prices.Open(slot);
        run.Close = _prices.Close(slot + count - 1);
        if (_hasExtremes)
        {
            var (high, low) = _prices.Extremes(slot, count);
            if (high > run.High) run.High = high;
            if (low < run.Low) run.Low = low;
        }

        if (_volume is not null) run.Volume = _volume.AddTo(run.Volume, slot, count);
        if (_quoteVolume is not null) run.QuoteVolume = _quoteVolume.AddTo(run.QuoteVolume, first, first + count - 1);
        if (_takerBuyVolume is not null) run.TakerBuyVolume = _takerBuyVolume.AddTo(run.TakerBuyVolume, slot, count);
        if (_trades is not null) run.Trades = _trades.AddTo(run.Trades, slot, count);
        run.Count += count;
    }

    private void Seal(long block)
    {
        var sum = _empty;
        AppendMinutes(ref sum, HalfHour.FirstMinute(block), HalfHour.LastMinute(block));
        _blocks[block % _blocks.Length] = sum;
        _quoteVolume?.Seal(block);
    }

    private static int Stored(long trades) => (int)Math.Clamp(trades, -1, int.MaxValue);

    private int Slot(long minute) => (int)(minute % _capacity);
}
