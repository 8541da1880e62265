namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>A text frame that an exchange wants to hear regularly, where the protocol's own pings do not count for it.</summary>
internal sealed record KeepAlive(ReadOnlyMemory<byte> Frame, TimeSpan Every);
