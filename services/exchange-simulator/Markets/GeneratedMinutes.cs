namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// One instrument's trades, computed for any minute from the seed alone. Log price = start + beta × market + own walk + bursts;
/// volume = daily volume × hour of the day × how restless the hour is × bursts × noise.
/// </summary>
internal sealed class GeneratedMinutes : IMinuteSource
{
    private const int MinutesPerHour = Bridge.MinutesPerHour;
    private const double MarketVolatility = 0.022;

    private readonly Instrument _instrument;
    private readonly Bridge _market;
    private readonly Bridge _own;
    private readonly Mood _marketMood;
    private readonly Mood _ownMood;
    private readonly Bursts _bursts;
    private readonly bool _hasBursts;
    private readonly ulong _trades;
    private readonly double _startLog;
    private readonly int _leastTrades;
    private readonly double _quotePerTickLot;

    public GeneratedMinutes(ulong seed, Instrument instrument, int instruments, int leastTrades)
    {
        _leastTrades = leastTrades;
        _instrument = instrument;
        _market = new Bridge(Mix.Key(seed, "*", "walk"), MarketVolatility);
        _own = new Bridge(Mix.Key(seed, instrument.Coin, "walk"), instrument.DailyVolatility);
        _marketMood = new Mood(Mix.Key(seed, "*", "mood"));
        _ownMood = new Mood(Mix.Key(seed, instrument.Coin, "mood"));
        _bursts = new Bursts(Mix.Key(seed, instrument.Coin, "bursts"), instrument.Index, instruments);
        _hasBursts = !instrument.TradesHourly && instrument.Index > 1;
        _trades = Mix.Key(seed, instrument.Symbol, "trades");
        _startLog = Math.Log(instrument.StartPrice);
        _quotePerTickLot = instrument.Tick * instrument.Lot * Bar.QuoteScale;
    }

    public void Fill(long minute, MinutePath path)
    {
        var hour = minute / MinutesPerHour;
        var inHour = (int)(minute % MinutesPerHour);
        Span<double> marks = stackalloc double[MinutesPerHour + 1];
        Span<double> quotes = stackalloc double[MinutesPerHour];
        Draw(hour, marks, quotes);
        var trades = Trades(minute, quotes[inHour]);
        // A busy minute begins with its first trade; only the others are seen waiting for it at the last price.
        path.Begin(minute, trades > MinuteWalk.MaxSegments ? 0 : LastPrice(minute, marks, quotes), _quotePerTickLot);
        if (trades > 0) Trade(minute, trades, quotes[inHour], marks[inHour], marks[inHour + 1], path);
    }

    public void FillHour(long hour, MinutePath scratch, Span<Bar> bars)
    {
        Span<double> marks = stackalloc double[MinutesPerHour + 1];
        Span<double> quotes = stackalloc double[MinutesPerHour];
        Draw(hour, marks, quotes);
        var lastPrice = 0L;
        for (var i = 0; i < MinutesPerHour; i++)
        {
            var minute = (hour * MinutesPerHour) + i;
            var trades = Trades(minute, quotes[i]);
            scratch.Begin(minute, lastPrice != 0 || trades > 0 ? lastPrice : LastPrice(minute, marks, quotes), _quotePerTickLot);
            if (trades > 0) Trade(minute, trades, quotes[i], marks[i], marks[i + 1], scratch);
            bars[i] = scratch.Total;
            lastPrice = bars[i].Close;
        }
    }

    private void Draw(long hour, Span<double> marks, Span<double> quotes)
    {
        var marketMood = _marketMood.At(hour);
        var mood = _ownMood.At(hour);
        marks.Fill(_startLog);
        _market.AddHour(hour, MarketVolatility * PerMinute * marketMood, _instrument.Beta, marks);
        _own.AddHour(hour, _instrument.DailyVolatility * PerMinute * mood, 1, marks);
        quotes.Fill(_instrument.DailyQuote / 1440 * HourOfDay.Share(hour) * marketMood * mood);
        if (_hasBursts) _bursts.AddHour(hour * MinutesPerHour, marks, quotes);
    }

    private static double PerMinute { get; } = 1 / Math.Sqrt(1440);

    /// <summary>At least one minute of every hour has a trade, so the last price is never far to look for.</summary>
    private long Trades(long minute, double quote)
    {
        var bits = Mix.Bits(_trades, minute * 8);
        var isSure = (long)(Mix.Bits(_trades, -1 - (minute / MinutesPerHour)) % MinutesPerHour) == minute % MinutesPerHour;
        if (_instrument.TradesHourly) return isSure ? 1 + (long)(bits % 3) : 0;
        var expected = quote / _instrument.UsualTrade * (0.6 + (0.8 * Mix.Uniform(bits)));
        return Math.Clamp((long)(expected + Mix.Uniform(Mix.Bits(bits, 1))), Math.Max(_leastTrades, isSure ? 1 : 0), MinutePath.MaxTrades);
    }

    /// <summary>The price of the last trade before a quiet minute, in its own hour or in the one before.</summary>
    private long LastPrice(long minute, ReadOnlySpan<double> marks, ReadOnlySpan<double> quotes)
    {
        var hour = minute / MinutesPerHour;
        if (TryLastPrice(hour, (int)(minute % MinutesPerHour), marks, quotes, out var price)) return price;
        Span<double> earlierMarks = stackalloc double[MinutesPerHour + 1];
        Span<double> earlierQuotes = stackalloc double[MinutesPerHour];
        Draw(hour - 1, earlierMarks, earlierQuotes);
        TryLastPrice(hour - 1, MinutesPerHour, earlierMarks, earlierQuotes, out price);
        return price;
    }

    private bool TryLastPrice(long hour, int before, ReadOnlySpan<double> marks, ReadOnlySpan<double> quotes, out long price)
    {
        for (var i = before - 1; i >= 0; i--)
        {
            var trades = Trades((hour * MinutesPerHour) + i, quotes[i]);
            if (trades == 0) continue;
            price = Ticks(marks[trades == 1 ? i : i + 1]);
            return true;
        }

        price = 0;
        return false;
    }

    private void Trade(long minute, long trades, double quote, double startLog, double endLog, MinutePath path)
    {
        var open = Ticks(startLog);
        var bits = Mix.Bits(_trades, (minute * 8) + 1);
        var size = (_instrument.TradesHourly ? trades * _instrument.UsualTrade / 2 : quote) * (0.5 + Mix.Uniform(bits));
        var lots = Math.Max(trades, (long)(size / (open * _instrument.Tick * _instrument.Lot)));
        var takerShare = Math.Clamp(0.5 + (25 * (endLog - startLog)) + (0.15 * (Mix.Uniform(Mix.Bits(bits, 2)) - 0.5)), 0.05, 0.95);
        if (trades == 1)
        {
            path.Add((int)(bits % MinutePath.MillisecondsPerMinute), open, lots, 1, takerShare < 0.5 ? 0 : lots);
            return;
        }

        new MinuteWalk(minute, _trades, trades, lots, takerShare).Run(open, Ticks(endLog), endLog - startLog, path);
    }

    private long Ticks(double log) => Math.Max(1, (long)Math.Round(Math.Exp(log) / _instrument.Tick));
}
