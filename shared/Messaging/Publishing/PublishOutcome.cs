namespace CryptoScreener.Messaging.Publishing;

public enum PublishOutcome
{
    /// <summary>It is in the stream now.</summary>
    Stored,

    /// <summary>It was there already, from an earlier try, a restart or another replica.</summary>
    AlreadyStored,
}
