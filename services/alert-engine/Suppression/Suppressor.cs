using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.AlertEngine.Suppression;

/// <summary>Decides whether a firing is delivered: not while a silence covers it, nor shortly after a critical alert of its instrument.</summary>
internal sealed class Suppressor(SilenceBook silences, EngineOptions options)
{
    public AlertSuppression? Of(RuleDefinition rule, InstrumentId instrument, InstrumentSuppression known, long time)
    {
        if (silences.Covering(rule, instrument, time) is { } silence)
            return new AlertSuppression(SuppressionReason.Silence, silence.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return known.InhibitorOf(rule, time, options.InhibitionSeconds * 1000L) is { } critical
            ? new AlertSuppression(SuppressionReason.Inhibition, critical.Id)
            : null;
    }
}
