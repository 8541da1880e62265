namespace CryptoScreener.Contracts.Bus;

/// <summary>The names of the JetStream streams.</summary>
public static class Streams
{
    public const string Candles = "CANDLES";
    public const string Metrics = "METRICS";
    public const string Alerts = "ALERTS";
    public const string Feed = "FEED";
}
