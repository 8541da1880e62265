using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Catalogues;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>How <see cref="FrameJson"/> writes a frame, for the reference.</summary>
internal sealed record FrameView(string Exchange, string Symbol, long Minute, bool Closed, long EventTime, IReadOnlyDictionary<string, double?> Metrics);

internal static class MetricsEndpoints
{
    private const int FlushAt = 32 * 1024;
    private static readonly Parameter<string?> Exchange = Parameter.Text("exchange", "Only this exchange's.", 64);
    private static readonly Parameter<string?> Columns = Parameter.Text("columns", "Metrics by name, with commas between them: `price,change(5m)`. All when absent.", 8 * 1024);

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/metrics", ListAsync).Reads(Scopes.Market).NeedsBus().Takes(Exchange, Columns)
            .WithTags("market").WithSummary("The latest frame of every instrument; all metrics, or chosen `columns`").Produces<List<FrameView>>();
        routes.MapGet("/api/v1/metrics/{exchange}/{symbol}", OneAsync).Reads(Scopes.Market).NeedsBus().Takes(Columns)
            .WithTags("market").WithSummary("The latest frame of one instrument").Produces<FrameView>();
        routes.MapGet("/api/v1/catalogue", Catalogue).Reads(Scopes.Market).NeedsBus().WithETag()
            .WithTags("market").WithSummary("Every metric: name, meaning, unit, parameters, warm-up").Produces<CatalogueView>();
    }

    private static async Task ListAsync(HttpContext http, FrameBook frames, CatalogueBook catalogues)
    {
        var query = new QueryReader(http);
        var (exchange, chosen) = (query.Get(Exchange), ColumnList.Split(query.Get(Columns)));
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }

        if (catalogues.Current is { } current && Unknown(chosen, current) is { } unknown)
        {
            await Problem.UnknownMetric(unknown).ExecuteAsync(http);
            return;
        }

        var rows = frames.All
            .Where(f => exchange is null || f.Instrument.Exchange == exchange)
            .OrderBy(f => f.Instrument);
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartArray();
        foreach (var row in rows)
        {
            FrameJson.Write(json, row, chosen);
            if (json.BytesPending < FlushAt) continue;
            await json.FlushAsync(http.RequestAborted);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted); // waits for a client that reads slowly
        }

        json.WriteEndArray();
    }

    private static async Task OneAsync(HttpContext http, FrameBook frames, string exchange, string symbol)
    {
        var query = new QueryReader(http);
        var chosen = ColumnList.Split(query.Get(Columns));
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }

        var frame = InstrumentId.IsToken(exchange) && InstrumentId.IsToken(symbol) ? frames.Find(new InstrumentId(exchange, symbol)) : null;
        if (frame is null)
        {
            await Problem.UnknownInstrument(exchange, symbol).ExecuteAsync(http);
            return;
        }

        if (Unknown(chosen, frame.Catalogue) is { } unknown)
        {
            await Problem.UnknownMetric(unknown).ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        FrameJson.Write(json, frame, chosen);
    }

    private static Ok<CatalogueView> Catalogue(CatalogueBook catalogues) => TypedResults.Ok(CatalogueView.Of(catalogues.Current));

    private static string? Unknown(IReadOnlyList<string> columns, MetricCatalogue catalogue) => columns.FirstOrDefault(c => catalogue.ColumnOf(c) < 0);
}
