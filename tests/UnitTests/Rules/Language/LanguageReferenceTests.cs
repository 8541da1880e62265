using CryptoScreener.Calculation;
using CryptoScreener.Rules.Language;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Rules.Language;

public sealed class LanguageReferenceTests
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "docs", "rules-language.md");

    /// <summary>With UPDATE_DOCUMENTS=1 in the environment the document is written instead.</summary>
    [Fact]
    public void The_committed_reference_is_what_the_code_writes()
    {
        var written = LanguageReference.Markdown(CalculationPlan.Create().Catalogue);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCUMENTS") == "1") File.WriteAllText(Path, written);
        Assert.True(written == File.ReadAllText(Path), "docs/rules-language.md is out of date: run the unit tests once with UPDATE_DOCUMENTS=1 and commit it");
    }

    [Fact]
    public void Every_kind_of_metric_is_in_the_reference()
    {
        var written = LanguageReference.Markdown(TestCatalogue.Full);
        Assert.All(TestCatalogue.Full.Metrics, metric => Assert.Contains($"| `{metric.Function}", written, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_keyword_and_function_is_explained()
    {
        var written = LanguageReference.Markdown(CalculationPlan.Create().Catalogue);
        Assert.All(Keywords.All, keyword => Assert.Contains($"| `{keyword}` |", written, StringComparison.Ordinal));
    }

    [Fact]
    public void Completions_offer_words_functions_and_metrics_and_what_they_insert_is_understood()
    {
        var completions = Completions.For(TestCatalogue.Full).ToList();
        Assert.Equal(["function", "keyword", "metric"], completions.Select(c => c.Kind).Distinct().Order());
        Assert.All(completions.Where(c => c.Kind == "metric"), c => RuleTexts.Compile($"{c.Insert} > 1"));
    }
}
