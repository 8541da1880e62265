using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>Which alerts somebody asks for; what is null does not restrict.</summary>
/// <param name="Viewer">Private rules' alerts show only to their owners and to administrators.</param>
/// <param name="Symbol"><c>BTCUSDT</c> on any exchange, or <c>binance-futures:BTCUSDT</c>.</param>
internal sealed record AlertFilter(Account Viewer, AlertSeverity? AtLeast = null, string? RuleId = null, string? Symbol = null)
{
    public bool Matches(AlertEvent alert) =>
        Viewer.Sees(alert.Owner)
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
