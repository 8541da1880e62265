using System.Collections.Concurrent;
using CryptoScreener.Contracts.Status;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>What a worker said last, what it said before (for rates), and when we heard it.</summary>
internal sealed record HeardStatus(ServiceStatus Latest, ServiceStatus? Before, DateTimeOffset HeardAt)
{
    /// <summary>How much a counter grows per second; null when it was not seen twice or the worker restarted between.</summary>
    public double? Rate(string counter)
    {
        if (Before is null || Latest.At <= Before.At) return null;
        if (!Latest.Values.TryGetValue(counter, out var now) || !Before.Values.TryGetValue(counter, out var then) || now < then) return null;
        return (now - then) * 1_000 / (Latest.At - Before.At);
    }
}

/// <summary>The newest status of every worker, as far as heard lately. Written by the listener, read by everybody.</summary>
internal sealed class ServiceBook(TimeProvider time)
{
    // Three messages: one may be lost on a bus that promises nothing, two hardly.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Service, string Instance), HeardStatus> _heard = new();

    public void Hear(ServiceStatus status)
    {
        var now = time.GetUtcNow();
        _heard.AddOrUpdate(
            (status.Service, status.Instance),
            static (_, said) => new HeardStatus(said.Status, null, said.At),
            static (_, old, said) => said.Status.At <= old.Latest.At ? old : new HeardStatus(said.Status, old.Latest, said.At),
            (Status: status, At: now));
        foreach (var (key, heard) in _heard)
            if (now - heard.HeardAt > Forgotten) _heard.TryRemove(key, out _);
    }

    public bool IsAlive(HeardStatus heard) => time.GetUtcNow() - heard.HeardAt <= Silence;

    /// <summary>Those that still speak.</summary>
    public IReadOnlyList<HeardStatus> Alive => [.. _heard.Values.Where(IsAlive)];

    public IReadOnlyList<ServiceReport> Now() =>
    [
        .. _heard.Values
            .OrderBy(heard => heard.Latest.Service, StringComparer.Ordinal).ThenBy(heard => heard.Latest.Instance, StringComparer.Ordinal)
            .Select(heard => new ServiceReport(
                heard.Latest.Service, heard.Latest.Instance, heard.Latest.Version, IsAlive(heard), heard.Latest.Ready && IsAlive(heard),
                heard.HeardAt.UtcDateTime, heard.Latest.Checks, heard.Latest.Values)),
    ];
}
