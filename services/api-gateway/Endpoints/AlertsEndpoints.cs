using System.Buffers;
using System.Globalization;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;

namespace CryptoScreener.ApiGateway.Endpoints;

internal static class AlertsEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    public static void MapAlerts(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/alerts", ListAsync).Reads(Scopes.Alerts).NeedsBus();

    /// <summary>The newest alerts first; filters <c>symbol</c>, <c>rule_type</c>, <c>since</c> (ISO 8601 or unix ms) and <c>limit</c> (1–500).</summary>
    private static async Task ListAsync(HttpContext http, AlertRing ring)
    {
        var query = http.Request.Query;
        if (!TryLimit(query["limit"], out var limit))
        {
            await Problem.BadParameter("limit", $"a whole number from 1 to {MaxLimit}").ExecuteAsync(http);
            return;
        }

        if (!TrySince(query["since"], out var since))
        {
            await Problem.BadParameter("since", "a time, for instance 2026-01-31T12:00:00Z or 1769860800000").ExecuteAsync(http);
            return;
        }

        var account = http.Account();
        string? symbol = query["symbol"], ruleType = query["rule_type"];
        var found = ring.Newest(a => account.Sees(a.Owner) && a.Timestamp >= since && IsOrAny(symbol, a.Symbol) && IsOrAny(ruleType, a.RuleType), limit);
        http.Response.ContentType = "application/json";
        var body = http.Response.BodyWriter;
        body.Write("["u8);
        for (var i = 0; i < found.Count; i++)
        {
            if (i > 0) body.Write(","u8);
            body.Write(found[i].Json.Span);
        }

        body.Write("]"u8);
        await body.FlushAsync(http.RequestAborted);
    }

    private static bool IsOrAny(string? wanted, string actual) =>
        string.IsNullOrEmpty(wanted) || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);

    private static bool TryLimit(string? text, out int limit)
    {
        limit = DefaultLimit;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit);
    }

    private static bool TrySince(string? text, out DateTime since)
    {
        since = DateTime.MinValue;
        if (string.IsNullOrEmpty(text)) return true;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unixMs))
        {
            if (unixMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return false;
            since = DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime;
            return true;
        }

        return DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out since);
    }
}
