namespace CryptoScreener.Storage.Delivery;

/// <summary>What a delivery tells of. Persisted: values are explicit and append-only.</summary>
public enum DeliveryEvent : byte
{
    /// <summary>The alert itself: that it fired, or that one was resolved.</summary>
    Alert = 0,

    /// <summary>Somebody took the alert over.</summary>
    Acknowledged = 1,

    /// <summary>Nothing happened: the owner tries the endpoint.</summary>
    Test = 2,
}
