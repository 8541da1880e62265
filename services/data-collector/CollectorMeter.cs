namespace CryptoScreener.DataCollector;

/// <summary>What the metrics of all features share. Labels are exchanges and causes, never symbols.</summary>
internal static class CollectorMeter
{
    public const string Name = "CryptoScreener.DataCollector";

    public static KeyValuePair<string, object?> Of(string exchange) => new("exchange", exchange);
}
