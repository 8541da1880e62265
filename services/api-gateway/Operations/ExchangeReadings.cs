namespace CryptoScreener.ApiGateway.Operations;

/// <summary>What workers measure of one exchange; null where none does.</summary>
internal readonly record struct ExchangeReadings(double? Connections, double? ConnectionsExpected, double? GapsOpen, double? WithoutData)
{
    public static ExchangeReadings Of(string exchange, IReadOnlyList<HeardStatus> workers)
    {
        var label = $"{{exchange=\"{exchange}\"}}";
        return new ExchangeReadings(
            Sum("data_collector_websocket_connections"),
            Sum("data_collector_websocket_connections_expected"),
            Sum("data_collector_gaps_open"),
            Sum("alert_engine_instruments_without_data"));

        double? Sum(string name)
        {
            double? sum = null;
            foreach (var worker in workers)
                if (worker.Latest.Values.TryGetValue(name + label, out var value)) sum = (sum ?? 0) + value;
            return sum;
        }
    }
}
