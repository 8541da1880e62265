using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>Prices of minutes that may move any distance, and in the end be any double. One scale for the four.</summary>
internal sealed class FarPrices(int capacity)
{
    private const int Fields = 4;
    private readonly DecimalColumn _prices = new(capacity * Fields);

    internal static FarPrices Of(NearPrices near, int capacity)
    {
        var far = new FarPrices(capacity);
        for (var slot = 0; slot < capacity; slot++) far[slot] = near[slot];
        return far;
    }

    internal double Open(int slot) => _prices[slot * Fields];

    internal double Close(int slot) => _prices[(slot * Fields) + 3];

    internal (double Open, double High, double Low, double Close) this[int slot]
    {
        get => (Open(slot), _prices[(slot * Fields) + 1], _prices[(slot * Fields) + 2], Close(slot));
        set => (_prices[slot * Fields], _prices[(slot * Fields) + 1], _prices[(slot * Fields) + 2], _prices[(slot * Fields) + 3]) = value;
    }

    internal (double High, double Low) Extremes(int start, int count)
    {
        var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var slot = start; slot < start + count; slot++)
        {
            var (high, low) = (_prices[(slot * Fields) + 1], _prices[(slot * Fields) + 2]);
            if (high > highest) highest = high;
            if (low < lowest) lowest = low;
        }

        return (highest, lowest);
    }

    internal void Transfer(ISnapshot snapshot) => _prices.Transfer(snapshot);
}
