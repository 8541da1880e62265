using System.Buffers;
using System.Text.Json;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>How whole lists are exported: one JSON value a line.</summary>
internal static class NdJson
{
    public const string ContentType = "application/x-ndjson";

    public static bool IsWanted(HttpRequest request) => request.Headers.Accept.ToString().Contains(ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Page after page until one is not full: a year of them needs no memory and no long query.</summary>
    /// <param name="next">The page behind the given one, which is empty at first.</param>
    public static async IAsyncEnumerable<List<T>> PagesAsync<T>(int size, Func<List<T>, Task<List<T>>> next)
    {
        List<T> page = [];
        do
        {
            page = await next(page);
            yield return page;
        }
        while (page.Count == size);
    }
}

/// <summary>A long list, one JSON value a line, sent as it is read.</summary>
/// <param name="produce">Is given what writes a line.</param>
/// <param name="writeLine">As answers have it when absent.</param>
internal sealed class NdJson<T>(Func<Func<T, Task>, Task> produce, Action<Utf8JsonWriter, T>? writeLine = null) : IResult
{
    private const int FlushEvery = 500;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = NdJson.ContentType;
        var output = httpContext.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        var lines = 0;
        await produce(async value =>
        {
            if (writeLine is not null) writeLine(json, value);
            else JsonSerializer.Serialize(json, value, ApiJson.Options);
            json.Flush();
            json.Reset();
            output.Write("\n"u8);
            if (++lines % FlushEvery == 0) await output.FlushAsync(httpContext.RequestAborted); // waits for a client that reads slowly
        });
    }
}
