using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>Rules whose alerts can be counted: one for every close of every instrument, and one that comes and goes within minutes.</summary>
internal static class ChaosRules
{
    internal const string Close = "chaos-close";
    internal const string Within = "chaos-within";

    internal static IReadOnlyList<RuleDefinition> All { get; } =
    [
        Rule(Close, "price > 0", new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" }),
        Rule(Within, "change(5m) > 0", new TriggerOptions { Mode = TriggerMode.OnEnter }),
    ];

    private static RuleDefinition Rule(string id, string expression, TriggerOptions trigger) =>
        new() { Id = id, Version = 1, Name = id, RuleType = "custom", Expression = expression, Trigger = trigger };
}
