namespace CryptoScreener.ExchangeSimulator.Tapes;

/// <summary>A tape that cannot be played; the message says what to change.</summary>
internal sealed class TapeException(string message) : Exception(message);
