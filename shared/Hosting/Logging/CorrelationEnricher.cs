using Serilog.Core;
using Serilog.Events;

namespace CryptoScreener.Hosting.Logging;

/// <summary>Runs where the event was logged; behind the queue the ambient id would be another's.</summary>
internal sealed class CorrelationEnricher : ILogEventEnricher
{
    public const string Property = "CorrelationId";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (Correlation.Current is { } id) logEvent.AddPropertyIfAbsent(new(Property, new ScalarValue(id)));
    }
}
