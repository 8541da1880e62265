using System.Globalization;
using System.Text.Json;
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

    public static RecordedMinutes Create(List<JsonElement> klines, Instrument instrument)
    {
        var minutes = new SortedList<long, List<Update>>();
        foreach (var kline in klines)
        {
            var update = Update.Parse(kline, instrument);
            if (!minutes.TryGetValue(update.Minute, out var updates)) minutes[update.Minute] = updates = [];
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
        long Minute, int At, bool IsClosed, long Open, long High, long Low, long Close, long Lots, long Quote, long Trades, long TakerLots, long TakerQuote)
    {
        public static Update Parse(JsonElement data, Instrument instrument)
        {
            var k = data.GetProperty("k");
            var open = k.GetProperty("t").GetInt64();
            return new Update(
                open / MinuteMs,
                (int)Math.Clamp(data.GetProperty("E").GetInt64() - open, 0, MinuteMs - 1),
                k.GetProperty("x").GetBoolean(),
                Scaled(k, "o", instrument.PriceDigits),
                Scaled(k, "h", instrument.PriceDigits),
                Scaled(k, "l", instrument.PriceDigits),
                Scaled(k, "c", instrument.PriceDigits),
                Scaled(k, "v", instrument.LotDigits),
                Scaled(k, "q", Bar.QuoteDigits),
                k.GetProperty("n").GetInt64(),
                Scaled(k, "V", instrument.LotDigits),
                Scaled(k, "Q", Bar.QuoteDigits));
        }

        private static long Scaled(JsonElement k, string name, int digits)
        {
            var value = decimal.Parse(k.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
            for (var i = 0; i < digits; i++) value *= 10;
            return (long)Math.Round(value);
        }
    }
}
