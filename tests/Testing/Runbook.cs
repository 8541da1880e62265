using System.Text.RegularExpressions;

namespace CryptoScreener.Testing;

/// <summary>What docs/RUNBOOK.md tells operators to type.</summary>
public static partial class Runbook
{
    /// <summary>Everything that stands in it as code on one line, once.</summary>
    public static IReadOnlyList<string> Code() =>
        [.. Span().Matches(File.ReadAllText(Repository.PathOf("docs", "RUNBOOK.md"))).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    public static IEnumerable<string> Sql() => Code().Where(code => code.StartsWith("SELECT ", StringComparison.Ordinal) || code.StartsWith("SHOW ", StringComparison.Ordinal));

    public static IEnumerable<string> PromQl() => Code().Where(code => Expression().IsMatch(code));

    /// <summary>Commands for a shell that ask the workers, the API or the logs.</summary>
    public static IEnumerable<string> Questions() => Code().Where(code => Question().IsMatch(code));

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();

    // A function, a recorded series, or a metric with its labels and what is done with it; not a file, a setting, an event or a table.
    [GeneratedRegex(@"^(?:\(|time\(\)|up\b|(?:sum|min|max|avg|count|rate|increase|histogram_quantile)\b.*[({]|(?:screener|slo):"
        + @"|(?:worker|log_queue|log_events|nats|data_collector|metrics_calculator|alert_engine|api_gateway|database|redis|dotnet|circuit_breaker|kube|backup|tls)_[a-z_]+(?:\{[^}]+\}|\[\d+m\])?(?: [/<>=-].*)?$)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^curl -s(?! -X) .*(?:\$API|127\.0\.0\.1:(?:8080|909[0-3]))|^docker compose logs (?!--tail).*\| jq")]
    private static partial Regex Question();
}
