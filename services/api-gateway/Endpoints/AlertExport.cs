using System.Buffers;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>All alerts that a search finds, one a line, read a page at a time: a year of them needs no memory and no long query.</summary>
internal sealed class AlertExport(AlertStore store, AlertQuery query) : IResult
{
    private const int PageSize = 500;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = NdJson.ContentType;
        var output = httpContext.Response.BodyWriter;
        var next = query with { Limit = PageSize };
        List<AlertRow> page;
        do
        {
            page = await store.SearchTextAsync(next, httpContext.RequestAborted);
            foreach (var alert in page)
            {
                AlertList.Write(output, alert);
                output.Write("\n"u8);
            }

            await output.FlushAsync(httpContext.RequestAborted); // waits for a client that reads slowly
            if (page.Count > 0) next = next with { After = (page[^1].EventTime, page[^1].Id) };
        }
        while (page.Count == PageSize);
    }
}
