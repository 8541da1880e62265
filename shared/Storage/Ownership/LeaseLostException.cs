namespace CryptoScreener.Storage.Ownership;

/// <summary>Another worker owns the partition now. Nothing was written; stop working on it, without retrying.</summary>
public sealed class LeaseLostException : Exception
{
    public LeaseLostException(string message) : base(message)
    {
    }

    public LeaseLostException(string message, Exception cause) : base(message, cause)
    {
    }

    public LeaseLostException()
    {
    }
}
