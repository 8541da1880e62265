namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>Waits as short as the minutes are here, and an endpoint that hears everything.</summary>
internal static class ChaosSettings
{
    internal static Dictionary<string, string> Of(WebhookReceiver receiver) => new(FastCollector.Settings)
    {
        ["Realtime__ConnectsPerMinute"] = "100000",
        ["Delivery__Webhook__Url"] = receiver.Url,
        ["Delivery__Webhook__Secret"] = receiver.Secret,
        ["Delivery__TimeoutSeconds"] = "5",
    };
}
