using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Tapes;

/// <summary>Turns a tape's decimal numbers into an instrument's ticks and lots, refusing what does not fit exactly.</summary>
internal readonly struct TapeUnits(Instrument instrument)
{
    public string Symbol => instrument.Symbol;

    public decimal Lot => Step(instrument.LotDigits);

    public long Ticks(decimal price) => price > 0
        ? Exact(price, instrument.PriceDigits, "price")
        : throw new TapeException($"{instrument.Symbol}: the price {price} is not positive.");

    public long Lots(decimal quantity) => quantity >= 0
        ? Exact(quantity, instrument.LotDigits, "volume")
        : throw new TapeException($"{instrument.Symbol}: the volume {quantity} is negative.");

    public static long Quote(decimal quote) => (long)(quote * (decimal)Bar.QuoteScale);

    public long Quote(long ticks, long lots) => Quote(ticks * Step(instrument.PriceDigits) * (lots * Step(instrument.LotDigits)));

    private long Exact(decimal value, int digits, string what)
    {
        var scaled = value / Step(digits);
        return scaled == decimal.Truncate(scaled)
            ? (long)scaled
            : throw new TapeException($"{instrument.Symbol}: the {what} {value} is not a multiple of {Step(digits)}.");
    }

    private static decimal Step(int digits)
    {
        var step = 1m;
        for (var i = 0; i < digits; i++) step /= 10;
        return step;
    }
}
