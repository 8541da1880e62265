namespace CryptoScreener.Contracts.Catalogue;

/// <summary>One number that is kept for every instrument.</summary>
/// <param name="Name">As rules, pages and APIs write it: <c>change(5m)</c>, <c>rsi(14,1h)</c>, <c>price</c>.</param>
/// <param name="Function">The name without its arguments.</param>
/// <param name="Arguments">The arguments as written, for instance <c>14</c> and <c>1h</c>.</param>
/// <param name="Unit">percent, quote, base, price, ratio, count, score, rank or none.</param>
/// <param name="WarmUpMinutes">How many minutes of history it needs before it is not null.</param>
public sealed record MetricDefinition(
    string Name,
    string Function,
    IReadOnlyList<string> Arguments,
    string Unit,
    string Meaning,
    int WarmUpMinutes)
{
    /// <summary>The one spelling of a metric: no spaces, arguments separated by a comma.</summary>
    public static string NameOf(string function, params IReadOnlyList<string> arguments) =>
        arguments.Count == 0 ? function : $"{function}({string.Join(',', arguments)})";
}
