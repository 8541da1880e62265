namespace CryptoScreener.EndToEndTests;

/// <summary>The collector's waits of real life, as short as the minutes are in an accelerated market.</summary>
internal static class FastCollector
{
    internal static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Collector__BackfillHours"] = "1",
        ["Collector__CloseGraceMs"] = "150",
        ["Collector__CloseDeadlineMs"] = "1000",
        ["Collector__SilenceLimitMs"] = "2000",
        ["Collector__StallAfterMs"] = "1000",
        ["Collector__AuditRoundSeconds"] = "4",
    };
}
