using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>One alert as it stands in the stream: parsed for filters, and its bytes for sending on.</summary>
internal sealed record StreamedAlert(ulong Sequence, AlertEvent Event, ReadOnlyMemory<byte> Json);

/// <summary>The newest alerts in memory, oldest first. One writer; readers get a snapshot.</summary>
internal sealed class AlertRing
{
    private const int Capacity = 10_000;
    private readonly Lock _lock = new();
    private readonly LinkedList<StreamedAlert> _alerts = new();

    /// <summary>Raised for each new alert after it was added, on the stream reader's task: subscribers only queue it.</summary>
    public event Action<StreamedAlert>? Added;

    /// <param name="alert">The alert.</param>
    /// <param name="isNews">False for what was there before we started: it is served, not pushed.</param>
    public void Add(StreamedAlert alert, bool isNews)
    {
        lock (_lock)
        {
            _alerts.AddLast(alert);
            if (_alerts.Count > Capacity) _alerts.RemoveFirst();
        }

        if (isNews) Added?.Invoke(alert);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StreamedAlert> Newest(Func<AlertEvent, bool> matches, int limit)
    {
        var found = new List<StreamedAlert>(Math.Min(limit, 100));
        lock (_lock)
        {
            for (var node = _alerts.Last; node is not null && found.Count < limit; node = node.Previous)
                if (matches(node.Value.Event)) found.Add(node.Value);
        }

        return found;
    }
}
