namespace NATS.Client.Core;

public static class NatsTelemetry
{
    /// <summary>Name of both the activity source and the meter.</summary>
    public const string SourceName = "NATS.Net";
}
