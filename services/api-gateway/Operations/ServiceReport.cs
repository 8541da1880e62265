namespace CryptoScreener.ApiGateway.Operations;

/// <summary>A worker as it said it does, and whether it still says so.</summary>
/// <param name="Alive">False when it has said nothing for 15 seconds; after ten minutes it is forgotten.</param>
/// <param name="Checks">What it needs, each <c>ok</c> or what is wrong.</param>
/// <param name="Values">Its measurements by their Prometheus names.</param>
internal sealed record ServiceReport(
    string Service,
    string Instance,
    string Version,
    bool Alive,
    bool Ready,
    DateTime HeardAt,
    IReadOnlyDictionary<string, string> Checks,
    IReadOnlyDictionary<string, double> Values);
