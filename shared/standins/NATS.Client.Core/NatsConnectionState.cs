namespace NATS.Client.Core;

public enum NatsConnectionState
{
    Closed,
    Open,
    Connecting,
    Reconnecting,

    /// <summary>Given up for good; the connection does not recover from this.</summary>
    Failed,
}
