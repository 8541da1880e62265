namespace CryptoScreener.Contracts.Feed;

/// <summary>The last token of a FEED subject.</summary>
public static class FeedKinds
{
    public const string Status = "status";
    public const string Gap = "gap";
    public const string Listing = "listing";
    public const string Backfilled = "backfilled";
    public const string Stall = "stall";
    public const string EvaluationGap = "evaluation_gap";
}
