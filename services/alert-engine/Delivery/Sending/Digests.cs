using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>Which of the deliveries that one claim brought go together in one message. Pure.</summary>
internal static class Digests
{
    /// <summary>Two alerts of a rule in a minute are two alerts; from three on it is the market that moved.</summary>
    internal const int SmallestBurst = 3;

    /// <summary>
    /// One message each while there is room for as many; but what belongs to one burst, alerts of one rule in one minute over many
    /// instruments, is told at once. Without room everything goes together.
    /// </summary>
    /// <param name="claimed">In the order in which they shall go.</param>
    /// <param name="messages">How many messages may be sent now.</param>
    /// <param name="size">How many alerts a message of this channel can tell.</param>
    public static IReadOnlyList<ClaimedDelivery[]> Split(IReadOnlyList<ClaimedDelivery> claimed, int messages, int size)
    {
        if (size == 1 || claimed.Count == 1) return [.. claimed.Chunk(1)];
        if (claimed.Count > messages) return [.. claimed.Chunk(size)];
        return
        [
            .. claimed.GroupBy(delivery => BurstOf(delivery) ?? delivery.Id, StringComparer.Ordinal)
                .SelectMany(together => together.Chunk(together.Count() >= SmallestBurst ? size : 1)),
        ];
    }

    private static string? BurstOf(ClaimedDelivery delivery) =>
        delivery is { Event: DeliveryEvent.Alert, Alert: { State: AlertState.Fired, Group: { } group } } ? group : null;
}
