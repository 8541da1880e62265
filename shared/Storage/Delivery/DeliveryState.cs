namespace CryptoScreener.Storage.Delivery;

/// <summary>Persisted: values are explicit and append-only.</summary>
public enum DeliveryState : byte
{
    /// <summary>Waits for its time, or is being sent.</summary>
    Pending = 0,

    Delivered = 1,

    /// <summary>Given up: a dead letter, until somebody replays it.</summary>
    Dead = 2,
}
