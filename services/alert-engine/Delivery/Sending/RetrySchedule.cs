namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>When a failed delivery is tried again: soon, then more and more rarely, for about three days.</summary>
internal static class RetrySchedule
{
    /// <summary>What a receiver may ask for by Retry-After counts up to this.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    private const double Jitter = 0.1;

    private static readonly TimeSpan[] After =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Null when this was the last attempt.</summary>
    /// <param name="failedAttempts">How many have failed, this one included.</param>
    /// <param name="asked">What the receiver asked for by Retry-After; counts up to a day.</param>
    /// <param name="random">From 0 to 1: spreads what failed together.</param>
    public static TimeSpan? Next(int failedAttempts, TimeSpan? asked, double random)
    {
        if (failedAttempts > After.Length) return null;
        var planned = After[failedAttempts - 1] * (1 - Jitter + (2 * Jitter * random));
        var wanted = asked > LongestAsked ? LongestAsked : asked;
        return wanted > planned ? wanted : planned;
    }
}
