using System.Globalization;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>Minutes as they were recorded: every update is an anchor of the path. Where nothing was recorded nobody trades.</summary>
internal sealed class RecordedMinutes : IMinuteSource
{
    private const int MinuteMs = MinutePath.MillisecondsPerMinute;
    private readonly SortedList<long, List<Update>> _minutes;
    private readonly double _quotePerTickLot;

    private RecordedMinutes(SortedList<long, List<Update>> minutes, double quotePerTickLot)
    {
        _minutes = minutes;
        _quotePerTickLot = quotePerTickLot;
    }

    public static RecordedMinutes Create(List<RecordedKline> klines, Instrument instrument)
    {
        var minutes = new SortedList<long, List<Update>>();
        foreach (var kline in klines)
        {
            var minute = kline.OpenTime / MinuteMs;
            if (!minutes.TryGetValue(minute, out var updates)) minutes[minute] = updates = [];
            var update = Update.Parse(kline, instrument, updates.Count == 0 ? null : updates[^1]);
            // What a recording shows late or twice must not run backwards in the replay.
            if (updates.Count == 0 || update.Trades > updates[^1].Trades || update.IsClosed) updates.Add(update);
        }

        return new RecordedMinutes(minutes, instrument.Tick * instrument.Lot * Bar.QuoteScale);
    }

    public void Fill(long minute, MinutePath path)
    {
        path.Begin(minute, PriceBefore(minute), _quotePerTickLot);
        if (!_minutes.TryGetValue(minute, out var updates) || updates[^1].Trades == 0) return;
        var last = updates[0] with { High = updates[0].Open, Low = updates[0].Open, Close = updates[0].Open, Lots = 0, Trades = 0, TakerLots = 0 };
        path.Add(0, last.Open, 0, 0, 0);
        foreach (var update in updates)
        {
            if (update.High > last.High) path.Add(update.At, update.High, 0, 0, 0);
            if (update.Low < last.Low) path.Add(update.At, update.Low, 0, 0, 0);
            path.Add(update.At, update.Close, update.Lots - last.Lots, update.Trades - last.Trades, update.TakerLots - last.TakerLots);
            last = update;
        }

        path.Finish(last.Quote, last.TakerQuote);
    }

    public void FillHour(long hour, MinutePath scratch, Span<Bar> bars)
    {
        for (var i = 0; i < bars.Length; i++)
        {
            Fill((hour * bars.Length) + i, scratch);
            bars[i] = scratch.Total;
        }
    }

    /// <summary>The close of the last recorded minute before, or the first price of all.</summary>
    private long PriceBefore(long minute)
    {
        var (low, high) = (0, _minutes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_minutes.GetKeyAtIndex(middle) < minute) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? _minutes.GetValueAtIndex(0)[0].Open : _minutes.GetValueAtIndex(low - 1)[^1].Close;
    }

    private sealed record Update(
        int At, bool IsClosed, long Open, long High, long Low, long Close, long Lots, long Quote, long Trades, long TakerLots, long TakerQuote)
    {
        public static Update Parse(RecordedKline kline, Instrument instrument, Update? before)
        {
            var lots = Scaled(kline.Volume, instrument.LotDigits);
            return new Update(
                (int)Math.Clamp(kline.At - kline.OpenTime, before?.At ?? 0, MinuteMs - 1),
                kline.IsClosed,
                Scaled(kline.Open, instrument.PriceDigits),
                Scaled(kline.High, instrument.PriceDigits),
                Scaled(kline.Low, instrument.PriceDigits),
                Scaled(kline.Close, instrument.PriceDigits),
                lots,
                Scaled(kline.Quote, Bar.QuoteDigits),
                kline.Trades ?? AtLeast(lots, before),
                Scaled(kline.TakerVolume ?? "0", instrument.LotDigits),
                Scaled(kline.TakerQuote ?? "0", Bar.QuoteDigits));
        }

        /// <summary>Where trades are not told, an update with more volume than the one before is taken for one: without any a path stands still.</summary>
        private static long AtLeast(long lots, Update? before) =>
            before is null ? Math.Min(lots, 1) : before.Trades + (lots > before.Lots ? 1 : 0);

        private static long Scaled(string number, int digits)
        {
            var value = decimal.Parse(number, CultureInfo.InvariantCulture);
            for (var i = 0; i < digits; i++) value *= 10;
            return (long)Math.Round(value);
        }
    }
}
