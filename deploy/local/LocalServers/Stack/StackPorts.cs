namespace CryptoScreener.LocalServers.Stack;

/// <summary>The ports of our own programs: the well-known ones where asked for and free, otherwise any free ones.</summary>
internal sealed class StackPorts(bool wellKnown)
{
    private static readonly Dictionary<string, int> WellKnownMetrics = new(StringComparer.Ordinal)
    {
        ["data-collector"] = 9090,
        ["metrics-calculator"] = 9091,
        ["alert-engine"] = 9092,
        ["api-gateway"] = 9093,
    };

    internal int Api { get; } = Choose(wellKnown ? 8080 : null);

    internal int Simulator { get; } = Choose(wellKnown ? 8090 : null);

    internal int ApiOf(int replica) => replica == 0 ? Api : FreePort.Next();

    internal int Metrics(string service, int replica) => Choose(wellKnown && replica == 0 ? WellKnownMetrics[service] : null);

    private static int Choose(int? preferred) => preferred is { } port && FreePort.IsFree(port) ? port : FreePort.Next();
}
