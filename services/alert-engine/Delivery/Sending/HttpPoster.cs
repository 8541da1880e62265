using System.Net;
using System.Text;
using CryptoScreener.AlertEngine.Delivery.Guard;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>One POST to a place that somebody else chose: guarded, without redirects, bounded in time and size.</summary>
internal sealed class HttpPoster(HttpClient http, IOptions<DeliveryOptions> options, TimeProvider time)
{
    private const int ResponseLimit = 1024;

    /// <param name="judge">What an answer means here; null for the common meaning.</param>
    public async Task<Attempt> PostAsync(
        HttpRequestMessage request, CancellationToken stop, Func<int, string, AttemptOutcome?>? judge = null)
    {
        if (TargetAddress.Error(request.RequestUri!.OriginalString, options.Value.AllowHttp) is { } error)
            return new Attempt(AttemptOutcome.EndpointGone, Error: error);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode) return new Attempt(AttemptOutcome.Delivered, status, Response: await ReadWhatComesAsync(response, patience.Token));
            var body = await ReadAsync(response, patience.Token);
            var outcome = judge?.Invoke(status, body) ?? Meaning(response);
            return new Attempt(outcome, status, Explain(status), body, outcome == AttemptOutcome.Failed ? RetryAfter(response, body) : null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Attempt.Failed($"no answer within {options.Value.TimeoutSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Attempt.Failed(e.InnerException is IOException or System.Net.Sockets.SocketException ? e.InnerException.Message : e.Message);
        }
    }

    private static AttemptOutcome Meaning(HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.Gone) return AttemptOutcome.EndpointGone;
        var abort = response.Headers.TryGetValues("webhook-delivery", out var words)
            && words.Any(word => word.Trim().Equals("abort-message", StringComparison.OrdinalIgnoreCase));
        return abort ? AttemptOutcome.Rejected : AttemptOutcome.Failed;
    }

    private static string Explain(int status) =>
        status is >= 300 and < 400 ? $"answered {status}: redirects are not followed" : $"answered {status}";

    private TimeSpan? RetryAfter(HttpResponseMessage response, string body)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => RetryAfterJson.Read(body),
        };
        return asked > RetrySchedule.LongestAsked ? RetrySchedule.LongestAsked : asked > TimeSpan.Zero ? asked : null;
    }

    // It was taken, whatever becomes of the words behind the status: sending it again would double it.
    private static async Task<string> ReadWhatComesAsync(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            return await ReadAsync(response, stop);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return "";
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var buffer = new byte[ResponseLimit];
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var length = await stream.ReadAtLeastAsync(buffer, ResponseLimit, throwOnEndOfStream: false, stop);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
