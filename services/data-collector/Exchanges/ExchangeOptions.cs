namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>How to reach one exchange.</summary>
internal sealed class ExchangeOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>Base address of its REST interface; the exchange's own when absent.</summary>
    public string? RestUrl { get; set; }

    /// <summary>Base address of its WebSocket interface; the exchange's own when absent.</summary>
    public string? StreamUrl { get; set; }

    /// <summary>The data is not real: said wherever it shows.</summary>
    public bool Simulated { get; set; }

    /// <summary>The share of the exchange's REST weight budget we allow ourselves.</summary>
    public double WeightShare { get; set; } = 0.85;

    /// <summary>What is wrong, each with its setting's name; the values of a dictionary are not validated by attributes.</summary>
    public IEnumerable<string> Errors(string prefix)
    {
        if (RestUrl is not null && !IsAddress(RestUrl, "http", "https")) yield return $"{prefix}:RestUrl = '{RestUrl}' is not an http or https address.";
        if (StreamUrl is not null && !IsAddress(StreamUrl, "ws", "wss")) yield return $"{prefix}:StreamUrl = '{StreamUrl}' is not a ws or wss address.";
        if (WeightShare is not (>= 0.01 and <= 1)) yield return $"{prefix}:WeightShare must lie between 0.01 and 1.";
    }

    private static bool IsAddress(string text, string scheme, string secureScheme) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == scheme || address.Scheme == secureScheme);
}
