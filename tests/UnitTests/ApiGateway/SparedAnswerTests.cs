using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class SparedAnswerTests
{
    private readonly ManualTime _time = new();
    private int _asked;

    [Theory]
    [InlineData(0.001, 0.1)]
    [InlineData(0.1, 10)]
    [InlineData(25, 15)]
    public async Task It_is_shown_for_a_hundred_times_of_what_it_took_and_no_longer_than_a_page_waits(double took, double shown)
    {
        var answer = Taking(took);
        Assert.Equal(1, await answer.GetAsync(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(shown));
        Assert.Equal(2, await answer.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task It_is_not_asked_for_within_twenty_times_of_what_it_took_and_then_without_anybody_waiting()
    {
        var answer = Taking(0.1);
        await answer.GetAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(1, await answer.GetAsync(CancellationToken.None));
        Assert.Equal(1, _asked);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, await answer.GetAsync(CancellationToken.None));
        await Eventually.TrueAsync(async () => await answer.GetAsync(CancellationToken.None) == 2, "the next answer is there");
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Whoever_asks_while_it_is_renewed_gets_the_last_one_and_asks_nothing()
    {
        var renewed = new TaskCompletionSource<int>();
        var answer = new SparedAnswer<int>(
            _ =>
            {
                _time.Advance(TimeSpan.FromSeconds(_asked == 0 ? 0.1 : 0));
                return ++_asked == 1 ? Task.FromResult(1) : renewed.Task;
            },
            _time);
        await answer.GetAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 100; i++) Assert.Equal(1, await answer.GetAsync(CancellationToken.None));
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) == 2, "it is being renewed");

        renewed.SetException(new InvalidOperationException("away"));
        await Eventually.TrueAsync(
            async () => await answer.GetAsync(CancellationToken.None) == 1 && Volatile.Read(ref _asked) > 2, "what failed is asked again, and nobody hears of it");
        _time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<InvalidOperationException>(() => answer.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_renewal_that_is_not_answered_ends_when_the_last_answer_is_too_old_to_show()
    {
        var ended = new TaskCompletionSource();
        var answer = new SparedAnswer<int>(
            async stop =>
            {
                _time.Advance(TimeSpan.FromSeconds(0.1));
                if (Interlocked.Increment(ref _asked) != 2) return _asked;
                return await NeverAsync(ended, stop);
            },
            _time);
        await answer.GetAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, await answer.GetAsync(CancellationToken.None));
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) == 2, "it is being renewed");

        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(15));
                return ended.Task.IsCompleted;
            },
            "the renewal ends");
        Assert.Equal(3, await answer.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_question_that_nobody_waits_for_any_more_ends_and_the_next_one_is_another()
    {
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var answer = new SparedAnswer<int>(
            async stop =>
            {
                if (++_asked == 2) return 2;
                began.SetResult();
                return await NeverAsync(ended, stop);
            },
            _time);
        using var impatient = new CancellationTokenSource();
        var asked = answer.GetAsync(impatient.Token);
        await began.Task;
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal(2, await answer.GetAsync(CancellationToken.None));
        await ended.Task;
    }

    [Fact]
    public async Task All_who_ask_meanwhile_wait_for_one_question_and_who_gives_up_takes_it_from_nobody()
    {
        var given = new TaskCompletionSource<int>();
        var answer = new SparedAnswer<int>(
            _ =>
            {
                _asked++;
                return given.Task;
            },
            _time);
        using var impatient = new CancellationTokenSource();
        var first = answer.GetAsync(impatient.Token);
        var second = answer.GetAsync(CancellationToken.None);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        given.SetResult(7);
        Assert.Equal(7, await second);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_question_that_failed_is_asked_again()
    {
        var answer = new SparedAnswer<int>(_ => ++_asked == 1 ? Task.FromException<int>(new InvalidOperationException("away")) : Task.FromResult(_asked), _time);
        await Assert.ThrowsAsync<InvalidOperationException>(() => answer.GetAsync(CancellationToken.None));
        Assert.Equal(2, await answer.GetAsync(CancellationToken.None));
    }

    private async Task<int> NeverAsync(TaskCompletionSource ended, CancellationToken stop)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop);
            return 0;
        }
        finally
        {
            ended.SetResult(); // not by a callback of the token: whoever goes on first takes that away
        }
    }

    private SparedAnswer<int> Taking(double seconds) => new(
        _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            return Task.FromResult(++_asked);
        },
        _time);
}
