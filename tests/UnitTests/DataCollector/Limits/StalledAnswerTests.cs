using System.Net;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Limits;

/// <summary>Answers whose head arrives.</summary>
public sealed class StalledAnswerTests
{
    private readonly ManualTime _time = new();
    private readonly RestHealth _health;

    public StalledAnswerTests() => _health = new RestHealth(_time);

    [Fact]
    public async Task A_body_that_never_ends_is_a_failure_when_patience_is_over()
    {
        var asking = Calls(new StreamContent(new Endless())).GetAsync("/", 1, CancellationToken.None);
        Assert.False(asking.IsCompleted);
        _time.Advance(RestCalls.Patience);
        await AssertFailedAsync(asking);
    }

    [Fact]
    public async Task A_body_larger_than_any_answer_is_not_read()
    {
        var content = new StreamContent(new Endless());
        content.Headers.ContentLength = 1L << 40;
        await AssertFailedAsync(Calls(content).GetAsync("/", 1, CancellationToken.None));
    }

    [Fact]
    public async Task Who_leaves_before_the_end_blames_nobody()
    {
        using var stop = new CancellationTokenSource();
        var asking = Calls(new StreamContent(new Endless())).GetAsync("/", 1, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Null(_health.ErrorRate);
    }

    [Fact]
    public async Task The_pause_of_a_refusal_is_kept_although_its_body_never_ends()
    {
        var calls = Calls(new StreamContent(new Endless()), HttpStatusCode.TooManyRequests);
        await Assert.ThrowsAsync<HttpRequestException>(() => calls.GetAsync("/", 1, CancellationToken.None));
        Assert.False(calls.GetAsync("/", 1, CancellationToken.None).IsCompleted);
    }

    private async Task AssertFailedAsync(Task asking)
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => asking);
        Assert.True(RestFailure.Is(failure, CancellationToken.None));
        Assert.Equal(1, _health.ErrorRate);
    }

    private RestCalls Calls(HttpContent content, HttpStatusCode status = HttpStatusCode.OK)
    {
        var http = new HttpClient(new CircuitBreakerHandler(_health, _time) { InnerHandler = new Answering(content, status) });
        return new RestCalls(http, "http://exchange", new WeightBudget(100, _time), _time, overrunPause: TimeSpan.FromMinutes(1));
    }

    private sealed class Answering(HttpContent content, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = content });
    }

    /// <summary>Half an answer, and then nothing more.</summary>
    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => NothingAsync(cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => NothingAsync(cancellationToken).AsTask();

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => await NothingAsync(cancellationToken);

        private static async ValueTask<int> NothingAsync(CancellationToken stop)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return 0;
        }
    }
}
