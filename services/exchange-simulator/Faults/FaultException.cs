namespace CryptoScreener.ExchangeSimulator.Faults;

/// <summary>A fault that cannot be done; the message says why.</summary>
internal sealed class FaultException(string message) : Exception(message);
