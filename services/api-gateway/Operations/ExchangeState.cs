using System.Globalization;
using CryptoScreener.Contracts.Feed;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>
/// How well an exchange does, by the thresholds of the product: each measurement alone gives a state, the worst counts,
/// and each that is not healthy gives its reason. What is not measured says nothing.
/// </summary>
internal static class ExchangeState
{
    private static readonly string[] Names = ["healthy", "degraded", "warning", "critical"];

    public static (string State, IReadOnlyList<string> Reasons) Of(FeedState feed, double? availability, double? errorRate, double? responseMs)
    {
        var reasons = new List<string>();
        var worst = 0;
        Judge(feed switch { FeedState.Down => 3, FeedState.Stale => 2, _ => 0 }, feed == FeedState.Down ? "nothing was heard for a minute" : "nothing was heard for ten seconds");
        Judge(availability switch { < 0.95 => 3, < 0.99 => 2, _ => 0 }, Text($"live for {availability:P2} of the last hour"));
        Judge(errorRate switch { > 0.05 => 3, > 0.02 => 2, > 0.01 => 1, _ => 0 }, Text($"{errorRate:P2} errors"));
        Judge(responseMs switch { > 1_000 => 3, > 500 => 2, > 200 => 1, _ => 0 }, Text($"answers in {responseMs:0} ms"));
        return (Names[worst], reasons);

        void Judge(int level, string reason)
        {
            if (level > 0) reasons.Add(reason);
            worst = Math.Max(worst, level);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
