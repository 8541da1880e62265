using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CryptoScreener.DataCollector.Exchanges.Rest;

internal sealed class RestMetrics
{
    private readonly ConcurrentDictionary<string, Func<CircuitState>> _circuits = new(StringComparer.Ordinal);

    public RestMetrics(IMeterFactory meters) => meters.Create(CollectorMeter.Name).CreateObservableGauge(
        "circuit_breaker_state",
        () => _circuits.Select(circuit => new Measurement<int>((int)circuit.Value(), CollectorMeter.Of(circuit.Key))),
        description: "Whether an exchange's REST interface is asked: 0 closed (it is), 1 half open (one request tries), 2 open (it is left alone)");

    /// <summary>From now on each scrape asks for the state of an exchange's circuit breaker.</summary>
    public void Watch(string exchange, Func<CircuitState> state) => _circuits[exchange] = state;
}
