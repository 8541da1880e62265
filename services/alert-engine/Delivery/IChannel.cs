using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>One way to reach people or programs. A folder each.</summary>
internal interface IChannel
{
    string Kind { get; }

    /// <summary>What its provider takes from one endpoint, unless the endpoint's settings say less.</summary>
    SendRate Rate { get; }

    /// <summary>How many alerts one message can tell when an endpoint cannot keep up; 1 when each needs its own.</summary>
    int DigestSize { get; }

    Task<Attempt> SendAsync(Endpoint endpoint, EndpointChoices settings, IReadOnlyList<OutgoingAlert> alerts, CancellationToken stop);
}
