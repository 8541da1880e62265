using System.Diagnostics;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>Tells the stages from the exchange to the evaluation afterwards, from the times (unix ms) that messages carry.</summary>
internal static class TraceStages
{
    public static void UntilEvaluated(ActivitySource source, Activity root, long happened, long receivedAt, long calculatedAt, long evaluatedAt)
    {
        Passed("exchange frame", happened, receivedAt);
        Passed("collect and calculate", receivedAt, calculatedAt);
        Passed("evaluate", calculatedAt, evaluatedAt);

        void Passed(string stage, long from, long to)
        {
            if (from <= 0 || to <= 0) return; // not every stage is known: an alert of stored candles was received by nobody
            using var span = source.StartActivity(stage, ActivityKind.Internal, root.Context, startTime: Time(from));
            span?.SetEndTime(Time(Math.Max(from, to)).UtcDateTime);
        }
    }

    public static DateTimeOffset Time(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
