using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>The endpoints in force that are ours to serve, and their lines; a line lives on while its endpoint's definition stays the same.</summary>
internal sealed class LineBook(
    EndpointStore endpoints, EndpointShare share, IEnumerable<IChannel> channels, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<LineBook> logger)
{
    private readonly Dictionary<string, IChannel> _channels = channels.ToDictionary(channel => channel.Kind, StringComparer.Ordinal);
    private long? _changes;
    private List<Endpoint> _inForce = [];
    private Dictionary<string, EndpointLine> _lines = new(StringComparer.Ordinal);

    public IReadOnlyCollection<EndpointLine> Lines => _lines.Values;

    public EndpointLine this[string id] => _lines[id];

    public async Task RefreshAsync(CancellationToken stop)
    {
        // First the number: what changes while the endpoints are read is read again next time.
        if (await endpoints.ChangesAsync(stop) is var changes && changes != _changes)
        {
            _inForce = [.. (await endpoints.ListAsync(stop)).Where(endpoint => endpoint is { Enabled: true, Paused: false } && IsKnown(endpoint))];
            _changes = changes;
        }

        _lines = _inForce.Where(endpoint => share.Has(endpoint.Id)).ToDictionary(endpoint => endpoint.Id, LineOf, StringComparer.Ordinal);
    }

    private bool IsKnown(Endpoint endpoint)
    {
        if (_channels.ContainsKey(endpoint.Kind)) return true;
        DeliveryLog.UnknownChannel(logger, endpoint.Id, endpoint.Kind);
        return false;
    }

    private EndpointLine LineOf(Endpoint endpoint)
    {
        if (_lines.GetValueOrDefault(endpoint.Id) is { IsInForce: true } known && IsSame(known.Endpoint, endpoint))
        {
            known.FailingSince = endpoint.FailingSince;
            return known;
        }

        var settings = EndpointChoices.Parse(endpoint.Settings);
        return new EndpointLine(endpoint, settings, _channels[endpoint.Kind], settings.Concurrency ?? options.Value.ParallelPerEndpoint, time);
    }

    private static bool IsSame(Endpoint a, Endpoint b) =>
        ReferenceEquals(a, b) || (a.Kind == b.Kind && a.Url == b.Url && a.Settings == b.Settings && a.Secrets.SequenceEqual(b.Secrets));
}
