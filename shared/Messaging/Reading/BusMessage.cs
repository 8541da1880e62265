namespace CryptoScreener.Messaging.Reading;

/// <summary>A message as it arrived; the bytes are valid during the handler's call only.</summary>
public readonly ref struct BusMessage(string subject, ReadOnlySpan<byte> data)
{
    public string Subject { get; } = subject;

    public ReadOnlySpan<byte> Data { get; } = data;
}

/// <summary>Synchronous on purpose: it decodes and hands over, and the buffer goes back to the pool.</summary>
public delegate void BusHandler(BusMessage message);
