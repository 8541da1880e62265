using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="Exchange">With symbol and rule of its alert: null for tests, and once the alert is no longer kept.</param>
internal sealed record DeliveryView(
    string Id, string EndpointId, string? AlertId, DeliveryEvent Event, DeliveryState State, DateTime DueAt, int Attempts, DateTime CreatedAt, int? LastStatus, string? LastError,
    string? Exchange, string? Symbol, string? RuleId)
{
    public static DeliveryView Of(LoggedDelivery d) => new(
        d.Id, d.EndpointId, d.AlertId, d.Event, d.State, ApiTime.Of(d.DueAt), d.Attempts, ApiTime.Of(d.CreatedAt), d.LastStatus, d.LastError,
        d.Exchange, d.Symbol, d.RuleId);
}

internal sealed record AttemptView(int Number, DateTime At, int DurationMs, int? Status, string? Error, string? Response);

/// <param name="Attempts">Each attempt, the first one first.</param>
internal sealed record DeliveryDetail(
    string Id, string EndpointId, string? AlertId, DeliveryEvent Event, DeliveryState State, DateTime DueAt, IReadOnlyList<AttemptView> Attempts, DateTime CreatedAt,
    int? LastStatus, string? LastError, string? Exchange, string? Symbol, string? RuleId);

internal static class DeliveriesEndpoints
{
    private const int ExportPage = 500;
    private static readonly Parameter<string?> EndpointId = Parameter.Text("endpoint", "To this endpoint.", 64);
    private static readonly Parameter<string?> AlertId = Parameter.Text("alert", "Of this alert.", 64);
    private static readonly Parameter<DeliveryState?> State = Parameter.OneOf<DeliveryState>("state", "Only those in this state.");
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 500, 100, "How many deliveries.");
    private static readonly Parameter<string?> Cursor = Parameter.Text("cursor", "Where the page before ended: its `next`.");

    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        var deliveries = routes.MapGroup("/api/v1/deliveries").WithTags("delivery");
        deliveries.MapGet("", ListAsync).Reads(Scopes.Endpoints, known: true).Takes(EndpointId, AlertId, State, Limit, Cursor)
            .WithMetadata(Unlimited.WhenExported).WithSummary("What was sent and how it went, newest first")
            .WithDescription("With `Accept: application/x-ndjson` all that match, one a line, whatever the limit.").Produces<Page<DeliveryView>>();
        deliveries.MapGet("{id}", GetAsync).Reads(Scopes.Endpoints, known: true).WithSummary("One delivery with its attempts").Produces<DeliveryDetail>();
        deliveries.MapPost("{id}/replay", ReplayAsync).Writes(Scopes.Endpoints).WithSummary("Sends it again, under its id").Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(HttpContext http, DeliveryLog log)
    {
        var query = new QueryReader(http);
        var filter = Mine(http) with
        {
            EndpointId = query.Get(EndpointId),
            AlertId = query.Get(AlertId),
            State = query.Get(State),
        };
        var (limit, cursor, before) = (query.Get(Limit), query.Get(Cursor), (string?)null);
        if (cursor is not null && !Cursors.TryOpen(cursor, out before)) query.Refuse(Cursor);
        if (query.Problem is { } problem) return problem;
        if (NdJson.IsWanted(http.Request))
            return new NdJson<DeliveryView>(write => ExportAsync(write, log, filter, before, http.RequestAborted));
        var found = await log.SearchAsync(filter, before, limit, http.RequestAborted);
        return TypedResults.Ok(Page.Of([.. found.Select(DeliveryView.Of)], limit, found.Count > 0 ? found[^1].Id : null));
    }

    private static async Task ExportAsync(Func<DeliveryView, Task> write, DeliveryLog log, DeliveryFilter filter, string? before, CancellationToken stop)
    {
        await foreach (var page in NdJson.PagesAsync<LoggedDelivery>(
            ExportPage, read => log.SearchAsync(filter, read is [.., var last] ? last.Id : before, ExportPage, stop)))
            foreach (var delivery in page) await write(DeliveryView.Of(delivery));
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, DeliveryLog log)
    {
        if ((await log.SearchAsync(Mine(http) with { Id = id }, null, 1, http.RequestAborted)) is not [var d]) return Unknown(id);
        var attempts = await log.AttemptsAsync(id, http.RequestAborted);
        return TypedResults.Ok(new DeliveryDetail(
            d.Id, d.EndpointId, d.AlertId, d.Event, d.State, ApiTime.Of(d.DueAt),
            [.. attempts.Select(a => new AttemptView(a.Number, ApiTime.Of(a.At), a.DurationMs, a.Status, a.Error, a.Response))], ApiTime.Of(d.CreatedAt), d.LastStatus, d.LastError,
            d.Exchange, d.Symbol, d.RuleId));
    }

    private static async Task<IResult> ReplayAsync(HttpContext http, string id, DeliveryLog log, EndpointStore endpoints, AuditTrail audit)
    {
        if ((await log.SearchAsync(Mine(http) with { Id = id }, null, 1, http.RequestAborted)) is not [var delivery]) return Unknown(id);
        if (await endpoints.FindAsync(delivery.EndpointId, http.RequestAborted) is not { Enabled: true }) return Problem.Conflict(EndpointsEndpoints.SwitchedOff);
        if (!await log.ReplayAsync(id, http.RequestAborted)) return Problem.Conflict("It still waits for its turn: there is nothing to repeat.");
        await audit.NoteAsync(http.Account(), "delivery.replayed", id);
        return TypedResults.Accepted($"/api/v1/deliveries/{id}");
    }

    private static DeliveryFilter Mine(HttpContext http) => new(http.Account().Owner, http.Account().Role == Role.Admin);

    private static ApiProblem Unknown(string id) => Problem.NotFound($"You have no delivery '{id}'.");
}
