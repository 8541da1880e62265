using CryptoScreener.Hosting.Lifecycle;

namespace CryptoScreener.UnitTests.Hosting.Lifecycle;

public sealed class TogetherTests
{
    private static readonly CancellationToken NoStop = CancellationToken.None;

    [Fact]
    public async Task When_one_fails_the_others_are_stopped_and_its_failure_is_thrown()
    {
        var stopped = new TaskCompletionSource();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Together.RunAsync(NoStop, token => UntilStopped(stopped, token), _ => throw new InvalidOperationException("broken")));
        Assert.Equal("broken", failure.Message);
        Assert.True(stopped.Task.IsCompleted);
    }

    [Fact]
    public async Task When_one_ends_the_others_are_stopped_and_nothing_is_thrown()
    {
        var stopped = new TaskCompletionSource();
        await Together.RunAsync(NoStop, token => UntilStopped(stopped, token), _ => Task.CompletedTask);
        Assert.True(stopped.Task.IsCompleted);
    }

    [Fact]
    public async Task What_one_ends_itself_before_it_fails_does_not_hide_why()
    {
        using var end = new CancellationTokenSource();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Together.RunAsync(NoStop, _ => UntilStopped(new TaskCompletionSource(), end.Token), token => FailingAfter(end, token)));
        Assert.Equal("broken", failure.Message);
    }

    [Fact]
    public async Task Asked_to_stop_it_stops_all_and_says_so_as_a_loop_would()
    {
        using var stop = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        var running = Together.RunAsync(stop.Token, token => UntilStopped(stopped, token), token => UntilStopped(new TaskCompletionSource(), token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(stopped.Task.IsCompleted);
    }

    [Fact]
    public async Task It_is_over_only_when_every_loop_is()
    {
        var cleaning = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cleaned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Together.RunAsync(NoStop, token => CleaningUp(cleaning, cleaned.Task, token), _ => Task.CompletedTask);
        await cleaning.Task;
        Assert.False(running.IsCompleted);
        cleaned.SetResult();
        await running;
    }

    /// <summary>It fails when the end of the other has been noticed.</summary>
    private static async Task FailingAfter(CancellationTokenSource other, CancellationToken stop)
    {
        await other.CancelAsync();
        await UntilStopped(new TaskCompletionSource(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new InvalidOperationException("broken");
    }

    private static async Task CleaningUp(TaskCompletionSource cleaning, Task cleaned, CancellationToken stop)
    {
        await UntilStopped(cleaning, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await cleaned;
    }

    private static async Task UntilStopped(TaskCompletionSource stopped, CancellationToken stop)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        finally
        {
            stopped.TrySetResult();
        }
    }
}
