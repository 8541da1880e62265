namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>
/// Puts the circuit breaker before every request of one exchange, and times what passes: an answer counts when all of it has
/// arrived, so that a peer that dies in the middle of one keeps nobody waiting.
/// </summary>
internal sealed class CircuitBreakerHandler(RestHealth health, TimeProvider time) : DelegatingHandler
{
    /// <summary>Several times the longest list of instruments; what is longer is no answer of ours.</summary>
    private const long LargestBody = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!health.Circuit.TryEnter()) throw new HttpRequestException($"{request.RequestUri?.Host} has failed repeatedly and is left alone for a while");
        var started = time.GetTimestamp();
        using var patience = new CancellationTokenSource(RestCalls.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var response = await WholeAsync(request, either.Token);
            // A refusal (4xx) is an answer: the interface works, and pauses are the weight budget's business.
            health.Answered(time.GetElapsedTime(started), isFailure: (int)response.StatusCode >= 500);
            return response;
        }
        catch (HttpRequestException)
        {
            health.Answered(time.GetElapsedTime(started), isFailure: true);
            throw;
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            health.Answered(time.GetElapsedTime(started), isFailure: true);
            throw new HttpRequestException($"{request.RequestUri?.Host} gave no whole answer within {RestCalls.Patience.TotalSeconds} s", e);
        }
        catch (OperationCanceledException)
        {
            health.Circuit.Left();
            throw;
        }
    }

    /// <summary>Of a refusal the head is enough: its pause must be kept whether or not its body arrives.</summary>
    private async Task<HttpResponseMessage> WholeAsync(HttpRequestMessage request, CancellationToken stop)
    {
        var response = await base.SendAsync(request, stop);
        try
        {
            if (response.IsSuccessStatusCode) await response.Content.LoadIntoBufferAsync(LargestBody, stop);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
