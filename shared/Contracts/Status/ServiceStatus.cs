namespace CryptoScreener.Contracts.Status;

/// <summary>What a worker says of itself every five seconds; the page and the overview live on it, without Prometheus.</summary>
public sealed record ServiceStatus(
    string Service,
    string Instance,
    string Version,
    bool Ready,
    IReadOnlyDictionary<string, double> Values,
    IReadOnlyDictionary<string, string> Checks,
    long At);
