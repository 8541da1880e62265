namespace CryptoScreener.Storage.Delivery;

/// <summary>Persisted: values are explicit and append-only.</summary>
public enum DeliveryState : byte
{
    /// <summary>Waits for its time, or is being sent.</summary>
    Pending = 0,

    Delivered = 1,

    /// <summary>Given up: a dead letter, until somebody replays it.</summary>
    Dead = 2,

    /// <summary>Older than its endpoint cares for; it was not worth sending any more.</summary>
    Expired = 3,

    /// <summary>An escalation that was not needed: the alert was acknowledged or resolved before.</summary>
    Cancelled = 4,
}
