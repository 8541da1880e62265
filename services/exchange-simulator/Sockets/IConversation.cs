namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>What one venue does with what one client says.</summary>
internal interface IConversation
{
    void Opened(ClientSocket socket);

    void Received(ClientSocket socket, ReadOnlySpan<byte> text);

    void Closed(ClientSocket socket);
}
