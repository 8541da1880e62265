using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage.Access;

namespace CryptoScreener.ApiGateway.Endpoints;

internal sealed record AuditView(DateTime At, string Actor, string Action, string Target, AuditDetails Details);

internal sealed record AuditDetails(JsonElement? Before, JsonElement? After);

internal static class AuditEndpoints
{
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 500, 100, "How many entries.");
    private static readonly Parameter<string?> Cursor = Parameter.Text("cursor", "Where the page before ended: its `next`.");

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/audit", ListAsync).Reads(Scopes.Operations, Role.Admin).Takes(Limit, Cursor)
            .WithTags("accounts").WithSummary("Who changed what, newest first").Produces<Page<AuditView>>();

    private static async Task<IResult> ListAsync(HttpContext http, AuditLog log)
    {
        var query = new QueryReader(http);
        var (limit, cursor) = (query.Get(Limit), query.Get(Cursor));
        var before = Before(cursor, query);
        if (query.Problem is { } problem) return problem;
        var found = await log.ListAsync(before, limit, http.RequestAborted);
        return TypedResults.Ok(Page.Of([.. found.Select(View)], limit, found.Count > 0 ? found[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static long? Before(string? cursor, QueryReader query)
    {
        if (cursor is null) return null;
        if (Cursors.TryOpen(cursor, out var id) && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var before)) return before;
        query.Refuse(Cursor);
        return null;
    }

    private static AuditView View(AuditEntry entry) =>
        new(ApiTime.Of(entry.At), entry.Actor, entry.Action, entry.Subject, new AuditDetails(Json(entry.Before), Json(entry.After)));

    private static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
}
