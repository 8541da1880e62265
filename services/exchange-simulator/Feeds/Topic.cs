using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>One stream and who listens to it; the array is replaced, never changed, so sending needs no lock.</summary>
internal class Topic
{
    private volatile Subscriber[] _subscribers = [];

    public int Subscribers => _subscribers.Length;

    public bool HasSubscribers => _subscribers.Length > 0;

    public void Subscribe(ClientSocket socket, byte[] prefix, byte[] suffix)
    {
        Unsubscribe(socket);
        _subscribers = [.. _subscribers, new Subscriber(socket, prefix, suffix)];
    }

    public void Unsubscribe(ClientSocket socket)
    {
        if (Array.Exists(_subscribers, s => s.Socket == socket)) _subscribers = Array.FindAll(_subscribers, s => s.Socket != socket);
    }

    public void Queue(ReadOnlySpan<byte> payload)
    {
        foreach (var subscriber in _subscribers) subscriber.Socket.Queue(subscriber.Prefix, payload, subscriber.Suffix);
    }

    /// <summary>Half of the frame, then nothing and a cut connection.</summary>
    public void Truncate(ReadOnlySpan<byte> payload)
    {
        foreach (var subscriber in _subscribers) subscriber.Socket.Truncate(payload);
    }

    /// <summary>What surrounds the shared payload for this client: nothing, or the name of the stream.</summary>
    private readonly record struct Subscriber(ClientSocket Socket, byte[] Prefix, byte[] Suffix);
}
