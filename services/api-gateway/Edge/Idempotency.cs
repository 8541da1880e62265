using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Connections;
using Microsoft.Net.Http.Headers;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>On a POST: its answer holds a secret, which is never kept.</summary>
internal sealed class SecretAnswer
{
    public static readonly SecretAnswer Instance = new();
}

/// <summary>
/// A POST with an Idempotency-Key happens once: sent again within a day it gets the answer of the first time, from whichever
/// gateway. Keys belong to accounts; the same key for another request is an error.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IdempotencyStore store, TimeProvider time)
{
    private const string Header = "Idempotency-Key";
    private const int MaxKey = 128;
    private static readonly TimeSpan HoldInterval = IdempotencyStore.Patience / 3;
    private static readonly string[] Kept = [HeaderNames.ContentType, HeaderNames.Location, HeaderNames.ETag];

    public async Task InvokeAsync(HttpContext http)
    {
        string? key = http.Request.Headers[Header];
        var applies = HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<Access>() is { Write: true };
        if (string.IsNullOrEmpty(key) || !applies || http.FindAccount() is not { IsAnonymous: false } account)
        {
            await next(http);
            return;
        }

        if (key.Length > MaxKey || key.Any(char.IsControl))
        {
            await Problem.BadParameter(Header, $"a text of at most {MaxKey} characters").ExecuteAsync(http);
            return;
        }

        var hash = await HashAsync(http.Request, http.RequestAborted);
        var earlier = await store.BeginAsync(account.Subject, key, hash, CancellationToken.None);
        http.Features.Set(new IdempotentRequest(account.Subject, key, hash));
        if (earlier is null) await RunAsync(http, account.Subject, key);
        else await RepeatAsync(http, earlier, hash);
    }

    private async Task RunAsync(HttpContext http, string owner, string key)
    {
        var (wire, leaves) = (http.Response.Body, http.RequestAborted);
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        // What was begun under a key is brought to its end, whether or not its client waits: otherwise the key would be given back
        // although the thing was done. The database's own limits bound it.
        http.RequestAborted = CancellationToken.None;
        var isDone = false;
        using var ending = new CancellationTokenSource();
        var holding = HoldAsync(owner, key, ending.Token);
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None); // what was written past the stream is not in it yet
            if (http.Response.StatusCode < StatusCodes.Status500InternalServerError)
            {
                var isSecret = http.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is not null && http.Response.StatusCode < StatusCodes.Status300MultipleChoices;
                var headers = Kept.Where(http.Response.Headers.ContainsKey).ToDictionary(name => name, name => http.Response.Headers[name].ToString());
                await store.CompleteAsync(owner, key, http.Response.StatusCode, JsonSerializer.Serialize(headers), isSecret ? null : answer.ToArray(), CancellationToken.None);
                isDone = true;
            }
        }
        finally
        {
            (http.Response.Body, http.RequestAborted) = (wire, leaves);
            await ending.CancelAsync();
            await holding;
            if (!isDone) await store.GiveBackAsync(owner, key, CancellationToken.None);
        }

        if (answer.Length > 0) await wire.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
    }

    /// <summary>As long as it takes: a key that nobody holds is taken for one whose gateway has died.</summary>
    private async Task HoldAsync(string owner, string key, CancellationToken done)
    {
        using var timer = new PeriodicTimer(HoldInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done)) await store.HoldAsync(owner, key, done);
        }
        catch (Exception e) when (e is OperationCanceledException || DatabaseErrors.IsUnavailable(e))
        {
            // it is done, or cannot be
        }
    }

    private static async Task RepeatAsync(HttpContext http, EarlierRequest earlier, byte[] hash)
    {
        if (!CryptographicOperations.FixedTimeEquals(earlier.RequestHash, hash))
        {
            await new ApiProblem(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used for another request: make a new one.").ExecuteAsync(http);
            return;
        }

        if (earlier.Status is not { } status)
        {
            await new ApiProblem(StatusCodes.Status409Conflict, "conflict", "The same request is being worked on.") { RetryAfter = TimeSpan.FromSeconds(1) }.ExecuteAsync(http);
            return;
        }

        if (earlier.Body is null)
        {
            await Problem.Conflict("This was done before; its answer held a secret, which is not kept.").ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = status;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(earlier.Headers!)!) http.Response.Headers[name] = value;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        if (earlier.Body.Length > 0) await http.Response.Body.WriteAsync(earlier.Body, http.RequestAborted);
    }

    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken stop)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        var buffer = new byte[8 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, stop)) > 0;) hash.AppendData(buffer.AsSpan(0, read));
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}

internal static class SecretRoutes
{
    public static T ShowsSecret<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(SecretAnswer.Instance);
}
