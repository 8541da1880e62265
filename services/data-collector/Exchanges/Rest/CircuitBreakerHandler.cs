namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>Puts the circuit breaker before every request of one exchange, and times what passes.</summary>
internal sealed class CircuitBreakerHandler(RestHealth health, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!health.Circuit.TryEnter()) throw new HttpRequestException($"{request.RequestUri?.Host} has failed repeatedly and is left alone for a while");
        var started = time.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            // A refusal (4xx) is an answer: the interface works, and pauses are the weight budget's business.
            health.Answered(time.GetElapsedTime(started), isFailure: (int)response.StatusCode >= 500);
            return response;
        }
        catch (HttpRequestException)
        {
            health.Answered(time.GetElapsedTime(started), isFailure: true);
            throw;
        }
        catch (OperationCanceledException)
        {
            // The client's time-out comes as a cancellation too; ours, at a stop or a hand-over, is much sooner.
            if (time.GetElapsedTime(started) >= RestCalls.Patience * 0.9) health.Answered(time.GetElapsedTime(started), isFailure: true);
            else health.Circuit.Left();
            throw;
        }
    }
}
