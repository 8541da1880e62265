namespace CryptoScreener.Storage;

/// <summary>The database is not what this program needs, and waiting will not help; the message says what to do.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message) : base(message)
    {
    }

    public StorageException(string message, Exception cause) : base(message, cause)
    {
    }

    public StorageException()
    {
    }
}
