using System.Buffers;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>All alerts that a search finds, one a line.</summary>
internal sealed class AlertExport(AlertStore store, AlertQuery query) : IResult
{
    private const int PageSize = 500;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = NdJson.ContentType;
        var output = httpContext.Response.BodyWriter;
        await foreach (var page in NdJson.PagesAsync<AlertRow>(PageSize, ReadAsync))
        {
            foreach (var alert in page)
            {
                AlertList.Write(output, alert);
                output.Write("\n"u8);
            }

            await output.FlushAsync(httpContext.RequestAborted); // waits for a client that reads slowly
        }

        Task<List<AlertRow>> ReadAsync(List<AlertRow> before) => store.SearchTextAsync(
            query with { Limit = PageSize, After = before is [.., var last] ? (last.EventTime, last.Id) : query.After }, httpContext.RequestAborted);
    }
}
