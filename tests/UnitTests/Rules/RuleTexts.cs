using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.UnitTests.Rules;

internal static class RuleTexts
{
    public static readonly RuleDefinition Above = Definition("price > 100");

    public static RuleDefinition Definition(string expression, TriggerOptions? trigger = null, RuleUniverse? universe = null, string id = "r1") => new()
    {
        Id = id,
        Version = 1,
        Name = "A rule",
        RuleType = "custom",
        Expression = expression,
        Trigger = trigger ?? new TriggerOptions(),
        Universe = universe ?? new RuleUniverse(),
    };

    public static CompiledRule Compile(RuleDefinition definition)
    {
        var compilation = RuleCompiler.Compile(definition, TestCatalogue.Full);
        Assert.True(compilation.Result is not null, string.Join('\n', compilation.Errors));
        return compilation.Result;
    }

    public static CompiledRule Compile(string expression) => Compile(Definition(expression));
}
