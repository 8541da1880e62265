namespace NATS.Client.JetStream.Internal;

/// <summary>What all messages of one consumer have in common; parsed once per consumer.</summary>
internal sealed record AckOrigin(string Prefix, string Stream, string Consumer)
{
    public static AckOrigin? TryParse(string prefix) =>
        prefix.Split('.') is ["$JS", "ACK", var stream, var consumer] ? new AckOrigin(prefix, stream, consumer) : null;
}
