using System.Text;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>Whatever is written as a rule or a filter compiles and can be held against a frame, or is refused at a place within its text.</summary>
public sealed class RuleFuzzTests
{
    private static readonly MetricCatalogue Catalogue = CalculationPlan.Create().Catalogue;
    private static readonly double[] Frame = [.. Enumerable.Range(0, Catalogue.Count).Select(i => i % 7 == 0 ? double.NaN : i * 1.5)];

    [Fact]
    public void Rules_that_are_compiled() => Run(text =>
    {
        var compilation = RuleCompiler.Compile(new RuleDefinition { Id = "fuzz", Version = 1, Name = "fuzz", RuleType = "custom", Expression = text }, Catalogue);
        Check(text, compilation.Result is null, compilation.Errors);
        if (compilation.Result is { } rule) Assert.True(Enum.IsDefined(rule.Evaluate(Frame)));
    });

    [Fact]
    public void Filters_of_the_screener() => Run(text =>
    {
        var compilation = RuleCompiler.CompileFilter(text, Catalogue);
        Check(text, compilation.Result is null, compilation.Errors);
        if (compilation.Result is { } filter) Assert.True(Enum.IsDefined(filter.Evaluate(Frame)));
    });

    private static void Check(string text, bool isRefused, IReadOnlyCollection<CryptoScreener.Rules.Language.RuleError> errors)
    {
        Assert.Equal(isRefused, errors.Count > 0);
        Assert.All(errors, error =>
        {
            Assert.NotEmpty(error.Message);
            Assert.InRange(error.Position, 0, text.Length);
        });
    }

    private static void Run(Action<string> feed) => Fuzz.Run(
        "rules", Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", "rules.txt")), input => feed(Encoding.UTF8.GetString(input)), Fuzz.FewInputsInCi);
}
