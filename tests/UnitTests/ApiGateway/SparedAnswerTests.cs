using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class SparedAnswerTests
{
    private readonly ManualTime _time = new();
    private int _asked;

    [Fact]
    public async Task It_holds_for_twenty_times_of_what_it_took()
    {
        var answer = new SparedAnswer<int>(
            _ =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(++_asked);
            },
            _time);
        Assert.Equal(1, await answer.GetAsync(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.Equal(1, await answer.GetAsync(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, await answer.GetAsync(CancellationToken.None));
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
}
