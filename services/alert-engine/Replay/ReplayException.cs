namespace CryptoScreener.AlertEngine.Replay;

/// <summary>The request cannot be answered; the message tells its asker what to change.</summary>
internal sealed class ReplayException(string message) : Exception(message);
