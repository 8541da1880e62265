using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Ownership;
using Microsoft.Extensions.Options;

namespace CryptoScreener.DataCollector;

/// <summary>Names in the configuration must be exchanges we know, and their settings make sense.</summary>
internal sealed class CollectorExchangesCheck : IValidateOptions<CollectorOptions>
{
    public ValidateOptionsResult Validate(string? name, CollectorOptions options)
    {
        var errors = options.Exchanges
            .SelectMany(e => e.Value.Errors($"Collector:Exchanges:{e.Key}"))
            .Concat(options.Exchanges.Keys.Except(ExchangeWorkers.KnownNames, StringComparer.Ordinal).Select(Unknown))
            .Concat(HistoryPlan.Errors(options))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string Unknown(string exchange) =>
        $"Collector:Exchanges: '{exchange}' is not known; known are {string.Join(", ", ExchangeWorkers.KnownNames)}.";
}
