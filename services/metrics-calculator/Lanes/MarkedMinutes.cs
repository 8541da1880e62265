using CryptoScreener.Contracts.Marks;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>Through which minute each exchange is marked in one partition. What a former owner still marks behind its successor is refused: it would lead back.</summary>
internal sealed class MarkedMinutes(IReadOnlyDictionary<string, long> known)
{
    private readonly Dictionary<string, long> _minutes = new(known, StringComparer.Ordinal);
    private readonly Dictionary<string, long> _epochs = new(StringComparer.Ordinal);

    /// <summary>0 for an exchange that was never marked.</summary>
    public long Of(string exchange) => _minutes.GetValueOrDefault(exchange);

    /// <summary>False for a mark of a former owner.</summary>
    public bool TryTake(Mark mark)
    {
        if (mark.Epoch < _epochs.GetValueOrDefault(mark.Exchange)) return false;
        _epochs[mark.Exchange] = mark.Epoch;
        _minutes[mark.Exchange] = mark.Minute;
        return true;
    }
}
