using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>
/// What is made once for each catalogue that frames have: during a roll-out those of two stand side by side, and none may push out
/// what was made for the other. Bounded; when full it forgets all. One thread at a time.
/// </summary>
internal sealed class ByCatalogue<T>(Func<MetricCatalogue, T> make)
{
    private const int Capacity = 8;
    private readonly Dictionary<MetricCatalogue, T> _made = new(ReferenceEqualityComparer.Instance);
    private MetricCatalogue? _last;
    private T _ofLast = default!;

    public T Of(MetricCatalogue catalogue)
    {
        if (ReferenceEquals(catalogue, _last)) return _ofLast; // nearly always
        if (!_made.TryGetValue(catalogue, out var made))
        {
            if (_made.Count >= Capacity) _made.Clear();
            made = _made[catalogue] = make(catalogue);
        }

        (_last, _ofLast) = (catalogue, made);
        return made;
    }
}
