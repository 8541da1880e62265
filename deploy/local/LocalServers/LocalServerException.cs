namespace CryptoScreener.LocalServers;

/// <summary>A server that should run here does not; the message says what it said and what can be done.</summary>
public sealed class LocalServerException : Exception
{
    public LocalServerException(string message) : base(message)
    {
    }

    public LocalServerException(string message, Exception cause) : base(message, cause)
    {
    }

    public LocalServerException()
    {
    }
}
