using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.AlertEngine;

internal static partial class EngineLog
{
    [LoggerMessage(6501, LogLevel.Information, "Rule book: {Rules} rules in force, {Faulty} faulty")]
    internal static partial void RulesLoaded(ILogger logger, int rules, int faulty);

    [LoggerMessage(6502, LogLevel.Warning, "Rule {Rule} version {Version} cannot run: {Errors}. An earlier version that could stays in force; correct the rule through the API")]
    internal static partial void RuleFaulty(ILogger logger, string rule, int version, string errors);

    [LoggerMessage(6503, LogLevel.Warning, "Rules could not be read from the database ({Reason}); the {Rules} known ones stay in force")]
    internal static partial void RulesNotLoaded(ILogger logger, string reason, int rules);

    [LoggerMessage(6504, LogLevel.Warning, "Rules look at {Metrics}, which nobody calculates: {Most} metrics are demanded already. Switch off rules that need others, or use metrics of the catalogue")]
    internal static partial void DemandsFull(ILogger logger, string metrics, int most);

    [LoggerMessage(6510, LogLevel.Information, "Partition {Partition} owned (epoch {Epoch}), evaluating from sequence {Sequence}")]
    internal static partial void PartitionOwned(ILogger logger, int partition, long epoch, ulong sequence);

    [LoggerMessage(6511, LogLevel.Information, "Partition {Partition} given up")]
    internal static partial void PartitionLost(ILogger logger, int partition);

    [LoggerMessage(6512, LogLevel.Warning, "Partition {Partition}: frames before sequence {Sequence} are gone. What is true now counts as known; nothing fires for the time between")]
    internal static partial void EvaluationGap(ILogger logger, int partition, ulong sequence);

    [LoggerMessage(6513, LogLevel.Information, "Partition {Partition}: states were not handed over ({Reason}); whoever owns it next goes on from the last stored minute")]
    internal static partial void NotHandedOver(ILogger logger, int partition, string reason);

    [LoggerMessage(6520, LogLevel.Information, "Alert {Rule} on {Instrument} {State}: {AlertId}")]
    internal static partial void AlertPublished(ILogger logger, string rule, string instrument, AlertState state, string alertId);
}
