using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>The endpoints in force that are ours to serve, and their lines; a line lives on while its endpoint's definition stays the same.</summary>
internal sealed class LineBook(
    EndpointStore endpoints, EndpointShare share, IEnumerable<IChannel> channels, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<LineBook> logger)
{
    private readonly Dictionary<string, IChannel> _channels = channels.ToDictionary(channel => channel.Kind, StringComparer.Ordinal);
    private Dictionary<string, EndpointLine> _lines = new(StringComparer.Ordinal);

    public IReadOnlyCollection<EndpointLine> Lines => _lines.Values;

    public EndpointLine this[string id] => _lines[id];

    public async Task RefreshAsync(CancellationToken stop)
    {
        var next = new Dictionary<string, EndpointLine>(StringComparer.Ordinal);
        foreach (var endpoint in await endpoints.ListAsync(stop))
            if (endpoint is { Enabled: true, Paused: false } && share.Has(endpoint.Id) && LineOf(endpoint) is { } line) next[endpoint.Id] = line;
        _lines = next;
    }

    private EndpointLine? LineOf(Endpoint endpoint)
    {
        if (_lines.GetValueOrDefault(endpoint.Id) is { IsInForce: true } known && IsSame(known.Endpoint, endpoint))
        {
            known.FailingSince = endpoint.FailingSince;
            return known;
        }

        if (!_channels.TryGetValue(endpoint.Kind, out var channel))
        {
            DeliveryLog.UnknownChannel(logger, endpoint.Id, endpoint.Kind);
            return null;
        }

        var settings = EndpointChoices.Parse(endpoint.Settings);
        return new EndpointLine(endpoint, settings, channel, settings.Concurrency ?? options.Value.ParallelPerEndpoint, time);
    }

    private static bool IsSame(Endpoint a, Endpoint b) =>
        a.Kind == b.Kind && a.Url == b.Url && a.Settings == b.Settings && a.Secrets.SequenceEqual(b.Secrets);
}
