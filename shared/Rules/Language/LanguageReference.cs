using System.Text;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Presets;

namespace CryptoScreener.Rules.Language;

/// <summary>Writes docs/rules-language.md from what the code knows, so that the two cannot disagree.</summary>
public static class LanguageReference
{
    private const string Introduction = """
        # The rule language

        One language for alert rules and for screener filters. This page is generated from the code; do not edit it.

        ```
        change(5m) > 1 and change(15m) > 1 and 3 * change(5m) > change(15m) and 2 * volume(5m) > volume(15m)
        rsi(14, 1h) < 30
        crosses_above(ema(9, 5m), ema(21, 5m))
        price crosses_above 70000
        price within 1% of high(1d) and change since low(1d) > 5%
        zscore(volume, 5m) > 3 for 5m        # held for five minutes
        ```

        """;

    private const string Grammar = """
        ## Grammar

        ```
        rule       = condition [ "for" duration ]
        condition  = all { "or" all }
        all        = negation { "and" negation }
        negation   = "not" negation | comparison
        comparison = sum [ relation sum | "within" sum ( "to" | "of" ) sum ]
        relation   = "<" | "<=" | ">" | ">=" | "==" | "!=" | "crosses_above" | "crosses_below" | "crosses"
        sum        = product { ( "+" | "-" ) product }
        product    = factor { ( "*" | "/" ) factor }
        factor     = "-" factor | primary
        primary    = number | "(" condition ")" | name [ "(" argument { "," argument } ")" ] | "change" "since" factor
        argument   = condition | duration
        number     = digits [ "." digits ] [ "e" digits ] [ "k" | "M" | "B" | "%" ]
        duration   = digits ( "s" | "m" | "h" | "d" )
        ```

        White space and line breaks separate; `#` begins a comment that ends with its line; digits may be grouped by `_`
        (`70_000`). Keywords and names are understood in any case, but `5m` is five minutes and `5M` five million.

        """;

    private const string Meaning = """
        ## Meaning

        - **Unknown is not false.** A metric that is missing (warming up, a gap, a stale feed) makes a comparison unknown.
          `and` is false when one side is false, else unknown when one is; `or` is true when one side is true, else unknown
          when one is; `not` leaves unknown as it is. A rule that is unknown neither fires nor resolves.
        - **Percent.** Compared with a metric that is counted in percent, `5%` is 5; everywhere else it is 0.05:
          `change(5m) > 5%`, `price > high(1d) * 98%`.
        - **Before.** `crosses_above`, `crosses_below`, `crosses` and `previous` look at the instrument's last closed frame
          before the minute at hand. A crossing is true from the moment it happens to the end of its minute; at the close it
          is decided by the closing values.
        - **Parameters.** `rsi(7, 1h)` is allowed although the catalogue has only `rsi(14,1h)`: the calculators are asked to
          add it, and it is unknown until they have. To what they cannot calculate they object (`rsi(14, 2h)`: there are no bars
          of two hours), which the rule or the filter says beside itself a minute or so later. Leading parameters may be left
          out where the catalogue knows one set of them: `rsi(1h)` is `rsi(14,1h)`. `rank(change(1h))` is `rank_change(1h)`,
          `zscore(volume, 5m)` is `zscore_volume(20,5m)`.

        """;

    public static string Markdown(MetricCatalogue catalogue)
    {
        var text = new StringBuilder(Introduction).AppendLine().Append(Grammar).AppendLine();
        Table(text, "Words and signs", "From the loosest to the tightest binding; the comparisons bind alike and cannot be chained.", LanguageWords.All);
        Table(text, "Functions", "All other names are metrics.", Functions.All.Select(f => new LanguageWord(f.Name, f.Signature, f.Meaning)));
        text.Append(Meaning).AppendLine();
        Limits(text);
        Presets(text);
        Table(
            text,
            "Metrics",
            "One of each kind: the others differ in parameters and timeframe, and `GET /api/v1/catalogue` lists them all.",
            catalogue.Metrics.DistinctBy(m => (m.Function, m.Arguments.Count)).Select(m => new LanguageWord(m.Name, m.Unit, m.Meaning)),
            use: "unit");
        return text.Replace("\r\n", "\n").ToString().TrimEnd() + "\n";
    }

    private static void Table(
        StringBuilder text, string title, string remark, IEnumerable<LanguageWord> words, string use = "use")
    {
        text.AppendLine($"## {title}\n\n{remark}\n\n| word | {use} | meaning |\n|---|---|---|");
        foreach (var word in words) text.AppendLine($"| `{word.Text}` | `{word.Usage}` | {word.Meaning} |");
        text.AppendLine();
    }

    private static void Limits(StringBuilder text) => text.AppendLine(
        $"## Limits\n\nAt most {LanguageLimits.Characters} characters, {LanguageLimits.Tokens} words and signs, {LanguageLimits.Depth} levels of nesting.\n");

    private static void Presets(StringBuilder text)
    {
        text.AppendLine("## Built-in rules\n");
        foreach (RuleDefinition rule in BuiltInRules.All)
            text.AppendLine($"### {rule.Id}\n\n{rule.Description}\n\n```\n{rule.Expression.Trim()}\n```\n");
    }
}
