namespace CryptoScreener.ApiGateway.Operations;

/// <summary>What collectors measure of one exchange; null where none does.</summary>
internal readonly record struct ExchangeReadings(double? Connections, double? ConnectionsExpected, double? GapsOpen)
{
    public static ExchangeReadings Of(string exchange, IReadOnlyList<HeardStatus> collectors)
    {
        var label = $"{{exchange=\"{exchange}\"}}";
        return new ExchangeReadings(
            Sum("data_collector_websocket_connections"),
            Sum("data_collector_websocket_connections_expected"),
            Sum("data_collector_gaps_open"));

        double? Sum(string name)
        {
            double? sum = null;
            foreach (var collector in collectors)
                if (collector.Latest.Values.TryGetValue(name + label, out var value)) sum = (sum ?? 0) + value;
            return sum;
        }
    }
}
