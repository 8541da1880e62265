namespace CryptoScreener.ExchangeSimulator;

/// <summary>Settings that cannot work, in words for whoever typed them.</summary>
internal sealed class SettingsException(string message) : Exception(message);
