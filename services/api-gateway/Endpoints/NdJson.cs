using System.Text.Json;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>A long list, one JSON value a line, sent as it is read.</summary>
internal sealed class NdJson(Func<Func<object, Task>, Task> produce) : IResult
{
    private const int FlushEvery = 500;
    private static readonly byte[] NewLine = [(byte)'\n'];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/x-ndjson";
        var body = httpContext.Response.Body;
        var lines = 0;
        await produce(async value =>
        {
            await JsonSerializer.SerializeAsync(body, value, ApiJson.Options, httpContext.RequestAborted);
            await body.WriteAsync(NewLine, httpContext.RequestAborted);
            if (++lines % FlushEvery == 0) await body.FlushAsync(httpContext.RequestAborted); // waits for a client that reads slowly
        });
    }
}
