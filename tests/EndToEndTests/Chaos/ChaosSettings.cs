namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>The waits of real life, as short as the minutes are here.</summary>
internal static class ChaosSettings
{
    internal static Dictionary<string, string> Of(WebhookReceiver receiver) => new()
    {
        ["Collector__BackfillHours"] = "1",
        ["Collector__CloseGraceMs"] = "150",
        ["Collector__CloseDeadlineMs"] = "1000",
        ["Collector__SilenceLimitMs"] = "2000",
        ["Collector__StallAfterMs"] = "1000",
        ["Collector__AuditRoundSeconds"] = "4",
        ["Realtime__ConnectsPerMinute"] = "100000",
        ["Delivery__Webhook__Url"] = receiver.Url,
        ["Delivery__Webhook__Secret"] = receiver.Secret,
        ["Delivery__TimeoutSeconds"] = "5",
    };
}
