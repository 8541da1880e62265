using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>The four prices of every stored minute: near each other as they mostly are, or else each by itself.</summary>
internal sealed class PriceColumns(int capacity)
{
    private NearPrices? _near = new(capacity);
    private FarPrices? _far;

    internal (double Open, double High, double Low, double Close) this[int slot]
    {
        get => _near is { } near ? near[slot] : _far![slot];
        set
        {
            if (_near is { } near)
            {
                if (near.TryStore(slot, in value)) return;
                (_far, _near) = (FarPrices.Of(near, capacity), null);
            }

            _far![slot] = value;
        }
    }

    internal double Open(int slot) => _near is { } near ? near.Open(slot) : _far!.Open(slot);

    internal double Close(int slot) => _near is { } near ? near.Close(slot) : _far!.Close(slot);

    /// <summary>The greatest high and the least low of so many minutes.</summary>
    internal (double High, double Low) Extremes(int start, int count) =>
        _near is { } near ? near.Extremes(start, count) : _far!.Extremes(start, count);

    internal void Transfer(ISnapshot snapshot)
    {
        var isFar = _far is not null;
        snapshot.Value(ref isFar);
        if (isFar) (_near, _far) = (null, _far ?? new FarPrices(capacity));
        else (_near, _far) = (_near ?? new NearPrices(capacity), null);
        _near?.Transfer(snapshot);
        _far?.Transfer(snapshot);
    }
}
