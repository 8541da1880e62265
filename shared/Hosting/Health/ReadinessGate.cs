using System.Collections.Concurrent;

namespace CryptoScreener.Hosting.Health;

/// <summary>
/// Whether this worker can do its work. Components report what they know when it changes, so no probe ever waits for a
/// dependency.
/// </summary>
public sealed class ReadinessGate(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ReadinessCheck> _checks = new(StringComparer.Ordinal);
    private volatile Closing? _closed;

    public bool IsReady => _closed is null && _checks.Values.All(check => check.Ok);

    public IReadOnlyList<ReadinessCheck> Checks => [.. _checks.Values.OrderBy(check => check.Name, StringComparer.Ordinal)];

    /// <summary>Why the worker takes no more work, once it is draining.</summary>
    internal Closing? Closed => _closed;

    /// <summary>Names what must report before the worker is ready, so that silence is not taken for health.</summary>
    public void Expect(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) _checks.TryAdd(name, new(name, Ok: false, "not reported yet", time.GetUtcNow()));
    }

    /// <summary>Reports a check. Cheap when nothing changed; <paramref name="detail"/> should say what an operator can do.</summary>
    public void Set(string name, bool ok, string detail = "") => Set(name, ok, isDegraded: false, detail);

    /// <summary>Something is away without which the worker serves on: it stays ready and says what is missing.</summary>
    public void Degrade(string name, string detail) => Set(name, ok: true, isDegraded: true, detail);

    private void Set(string name, bool ok, bool isDegraded, string detail)
    {
        if (_checks.TryGetValue(name, out var before) && before.Ok == ok && before.IsDegraded == isDegraded && before.Detail == detail) return;

        _checks.AddOrUpdate(
            name,
            static (name, now) => new(name, now.Ok, now.Detail, now.At, now.IsDegraded),
            static (_, old, now) => old with
            {
                Ok = now.Ok,
                IsDegraded = now.IsDegraded,
                Detail = now.Detail,
                Since = (old.Ok, old.IsDegraded) == (now.Ok, now.IsDegraded) ? old.Since : now.At,
            },
            (Ok: ok, IsDegraded: isDegraded, Detail: detail, At: time.GetUtcNow()));
    }

    internal void Close(string reason) => _closed = new(reason, time.GetUtcNow());

    internal sealed record Closing(string Reason, DateTimeOffset Since);
}
