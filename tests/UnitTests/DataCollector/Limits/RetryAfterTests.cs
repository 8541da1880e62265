using System.Net;
using System.Net.Http.Headers;
using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Limits;

public sealed class RetryAfterTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exchange_that_asks_for_a_pause_by_seconds_or_by_date_gets_it(bool asDate)
    {
        var after = asDate
            ? new RetryConditionHeaderValue(_time.GetUtcNow() + TimeSpan.FromSeconds(90))
            : new RetryConditionHeaderValue(TimeSpan.FromSeconds(90));
        await AssertPauseAsync(after, TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_pause_of_years_is_a_defect_and_capped() =>
        await AssertPauseAsync(new RetryConditionHeaderValue(TimeSpan.FromDays(4_000)), TimeSpan.FromDays(3));

    private async Task AssertPauseAsync(RetryConditionHeaderValue after, TimeSpan pause)
    {
        using var http = new HttpClient(new Refusing(after));
        var calls = new RestCalls(http, "http://exchange", new WeightBudget(100, _time), _time);
        await Assert.ThrowsAsync<HttpRequestException>(() => calls.GetAsync("/", 1, CancellationToken.None));
        var next = calls.GetAsync("/", 1, CancellationToken.None);
        _time.Advance(pause - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<HttpRequestException>(() => next);
    }

    private sealed class Refusing(RetryConditionHeaderValue after) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            response.Headers.RetryAfter = after;
            return Task.FromResult(response);
        }
    }
}
