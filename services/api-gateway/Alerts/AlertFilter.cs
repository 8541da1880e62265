using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>Whose alerts somebody may see: everybody's of the built-in rules, otherwise only one's own; an administrator all.</summary>
internal sealed record AlertViewer(string? Owner, bool SeesAll)
{
    public static readonly AlertViewer Anonymous = new(null, SeesAll: false);

    public bool MaySee(AlertEvent alert) => alert.Owner is null || SeesAll || (Owner is not null && alert.Owner == Owner);
}

/// <summary>Which alerts somebody asks for; what is null does not restrict.</summary>
/// <param name="Symbol"><c>BTCUSDT</c> on any exchange, or <c>binance-futures:BTCUSDT</c>.</param>
internal sealed record AlertFilter(AlertViewer Viewer, AlertSeverity? AtLeast = null, string? RuleId = null, string? Symbol = null)
{
    public bool Matches(AlertEvent alert) =>
        Viewer.MaySee(alert)
        && !(alert.Severity < AtLeast)
        && (RuleId is null || alert.RuleId == RuleId)
        && (Symbol is null || IsOf(alert, Symbol));

    private static bool IsOf(AlertEvent alert, string symbol) => symbol.IndexOf(':') switch
    {
        < 0 => string.Equals(alert.Symbol, symbol, StringComparison.OrdinalIgnoreCase),
        var colon => symbol.AsSpan(0, colon).Equals(alert.Exchange, StringComparison.OrdinalIgnoreCase)
            && symbol.AsSpan(colon + 1).Equals(alert.Symbol, StringComparison.OrdinalIgnoreCase),
    };
}
