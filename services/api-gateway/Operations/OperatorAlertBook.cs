namespace CryptoScreener.ApiGateway.Operations;

/// <summary>
/// The newest alerts about the system itself, as Alertmanager told them to any gateway. Bounded: the oldest go first, and one that
/// should still be firing and is not repeated any more goes too, for its end was told while nobody listened.
/// </summary>
internal sealed class OperatorAlertBook(TimeProvider time)
{
    internal const int Capacity = 1_000;
    private const int MaxText = 1_000;

    // The longest repeat_interval of deploy/alertmanager is twelve hours.
    private static readonly TimeSpan Repeated = TimeSpan.FromHours(13);

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<(string Fingerprint, DateTime StartsAt), (OperatorAlert Alert, DateTime ToldAt)> _alerts = [];

    public IReadOnlyList<OperatorAlert> All
    {
        get
        {
            var forgotten = time.GetUtcNow().UtcDateTime - Repeated;
            lock (_lock) return [.. _alerts.Values.Where(told => !told.Alert.Firing || told.ToldAt > forgotten).Select(told => told.Alert)];
        }
    }

    /// <returns>How many of the posted alerts could be read.</returns>
    public int Hear(AlertmanagerPost post)
    {
        var heard = (post.Alerts ?? []).OfType<AlertmanagerAlert>().Select(Read).OfType<OperatorAlert>().ToList();
        lock (_lock)
        {
            foreach (var alert in heard)
            {
                // One incident is told again and again while it lasts, and once when it ends.
                var key = (alert.Fingerprint, alert.StartsAt);
                _alerts[key] = (_alerts.TryGetValue(key, out var known) ? alert with { HeardAt = known.Alert.HeardAt } : alert, alert.HeardAt);
                if (_alerts.Count > Capacity) _alerts.RemoveAt(0);
            }
        }

        return heard.Count;
    }

    private OperatorAlert? Read(AlertmanagerAlert alert)
    {
        if (alert.Fingerprint is not { Length: > 0 and <= MaxText } fingerprint || alert.Labels is not { } labels) return null;
        var firing = alert.Status == "firing";
        return new OperatorAlert(
            fingerprint,
            Shortened(labels.GetValueOrDefault("alertname") ?? "unnamed"),
            Shortened(labels.GetValueOrDefault("severity") ?? "unknown"),
            Shortened(alert.Annotations?.GetValueOrDefault("summary") ?? alert.Annotations?.GetValueOrDefault("description") ?? ""),
            firing,
            alert.StartsAt.UtcDateTime,
            firing ? null : alert.EndsAt.UtcDateTime,
            time.GetUtcNow().UtcDateTime);
    }

    private static string Shortened(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
