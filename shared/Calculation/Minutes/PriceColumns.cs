using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>The four prices of every stored minute, side by side: they are read together.</summary>
internal sealed class PriceColumns(int capacity)
{
    private const int Fields = 4;
    private readonly DecimalColumn _prices = new(capacity * Fields);

    internal (double Open, double High, double Low, double Close) this[int slot]
    {
        get => (_prices[slot * Fields], _prices[(slot * Fields) + 1], _prices[(slot * Fields) + 2], _prices[(slot * Fields) + 3]);
        set => (_prices[slot * Fields], _prices[(slot * Fields) + 1], _prices[(slot * Fields) + 2], _prices[(slot * Fields) + 3]) = value;
    }

    internal void Transfer(ISnapshot snapshot) => _prices.Transfer(snapshot);
}
