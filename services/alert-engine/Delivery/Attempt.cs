namespace CryptoScreener.AlertEngine.Delivery;

internal enum AttemptOutcome
{
    Delivered,

    /// <summary>Try again later.</summary>
    Failed,

    /// <summary>This message will never be taken; others may.</summary>
    Rejected,

    /// <summary>Nothing will ever be taken here: the endpoint is gone.</summary>
    EndpointGone,
}

/// <summary>How one attempt went.</summary>
/// <param name="Response">The first bytes of the answer, for the log that the owner reads.</param>
internal readonly record struct Attempt(
    AttemptOutcome Outcome, int? Status = null, string? Error = null, string? Response = null, TimeSpan? RetryAfter = null)
{
    public static Attempt Failed(string error) => new(AttemptOutcome.Failed, Error: error);
}
