namespace NATS.Client.Core;

public interface INatsServerInfo
{
    string Id { get; }

    string Name { get; }

    string Version { get; }

    string Host { get; }

    int Port { get; }

    bool TlsRequired { get; }

    bool TlsAvailable { get; }

    int MaxPayload { get; }

    bool JetStreamAvailable { get; }

    string[]? ClientConnectUrls { get; }

    bool LameDuckMode { get; }
}
