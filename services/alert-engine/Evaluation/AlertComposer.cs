using System.Globalization;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>Makes the event of a firing or of its end. Everything in it but the stage times comes from the frame.</summary>
internal sealed class AlertComposer(EngineOptions options, TimeProvider time)
{
    public AlertEvent Fired(
        CompiledRule rule, InstrumentId instrument, long key, in EvaluationItem frame, long epoch, AlertSuppression? suppressed, double? touchedAt) =>
        Compose(rule, instrument, frame, epoch, AlertState.Fired, rule.Trigger.KeyText(key), resolves: null, suppressed, touchedAt);

    public AlertEvent Resolved(
        CompiledRule rule, InstrumentId instrument, long key, in EvaluationItem frame, long epoch, AlertSuppression? suppressed, double? touchedAt) => Compose(
        rule,
        instrument,
        frame,
        epoch,
        AlertState.Resolved,
        rule.Trigger.ResolvedKeyText(key),
        AlertId.Of(rule.Definition.Id, rule.Definition.Version, instrument, rule.Trigger.KeyText(key)),
        suppressed,
        touchedAt);

    private AlertEvent Compose(
        CompiledRule rule, InstrumentId instrument, in EvaluationItem frame, long epoch, AlertState state, string key, string? resolves,
        AlertSuppression? suppressed, double? touchedAt)
    {
        var definition = rule.Definition;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new AlertEvent
        {
            Id = AlertId.Of(definition.Id, definition.Version, instrument, key),
            Symbol = instrument.Symbol,
            Exchange = instrument.Exchange,
            RuleType = definition.RuleType,
            RuleId = definition.Id,
            RuleVersion = definition.Version,
            Description = definition.Description,
            Severity = definition.Severity,
            State = state,
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(frame.Header.EventTime).UtcDateTime,
            Price = touchedAt ?? PriceIn(frame),
            Metadata = MetricsOf(rule, frame.Values, touchedAt),
            TriggerKey = key,
            Owner = definition.Owner,
            Resolves = resolves,
            Late = now - frame.Header.EventTime > options.MaxAlertAgeSeconds * 1000L,
            Group = string.Create(CultureInfo.InvariantCulture, $"{definition.Id}:{frame.Header.Minute}"),
            Suppressed = suppressed,
            ReceivedAt = frame.Header.ReceivedAt,
            CalculatedAt = frame.Header.CalculatedAt,
            EvaluatedAt = now,
            Epoch = epoch,
        };
    }

    /// <summary>A frame that fired has a price; the check is for catalogues that leave it out.</summary>
    private static double PriceIn(in EvaluationItem frame)
    {
        var column = frame.Catalogue.ColumnOf("price");
        return column >= 0 && double.IsFinite(frame.Values[column]) ? frame.Values[column] : 0;
    }

    private static Dictionary<string, double> MetricsOf(CompiledRule rule, ReadOnlySpan<double> values, double? touchedAt)
    {
        var used = new Dictionary<string, double>(rule.Metrics.Length, StringComparer.Ordinal);
        foreach (var metric in rule.Metrics)
            if (double.IsFinite(metric.In(values))) used[metric.Name] = metric.In(values);
        if (touchedAt is { } price && used.ContainsKey("price")) used["price"] = price;
        return used;
    }
}
