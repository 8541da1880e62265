using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;

namespace CryptoScreener.ApiGateway.Compatibility;

internal static class FormerMetricsEndpoints
{
    private const int FlushAt = 32 * 1024;
    private static readonly Parameter<string?> Exchange = Parameter.Text("exchange", "Another exchange than the first one.", 64);

    public static void MapFormerMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/metrics", ListAsync).Reads(Scopes.Market).Takes(Exchange).NeedsBus()
            .WithTags("earlier clients").WithSummary("Every instrument of the first exchange, by timeframe").Produces<JsonElement>();
        routes.MapGet("/api/metrics/{symbol}", OneAsync).Reads(Scopes.Market).Takes().NeedsBus()
            .WithTags("earlier clients").WithSummary("One instrument, by timeframe").Produces<JsonElement>();
    }

    private static async Task ListAsync(HttpContext http, FrameBook frames)
    {
        var query = new QueryReader(http);
        var exchange = query.Get(Exchange) ?? HomeExchange.Of(frames.All);
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartArray();
        foreach (var frame in frames.All.Where(frame => frame.Instrument.Exchange == exchange).OrderBy(frame => frame.Instrument))
        {
            FormerMetrics.Write(json, frame, withTime: false);
            if (json.BytesPending < FlushAt) continue;
            await json.FlushAsync(http.RequestAborted);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted); // waits for a client that reads slowly
        }

        json.WriteEndArray();
    }

    private static async Task OneAsync(HttpContext http, FrameBook frames, string symbol)
    {
        if (new QueryReader(http).Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }

        if (HomeExchange.FindFrame(frames, symbol) is not { } frame)
        {
            await Problem.NotFound($"No instrument '{symbol}' is known.").ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        FormerMetrics.Write(json, frame, withTime: true);
    }
}
