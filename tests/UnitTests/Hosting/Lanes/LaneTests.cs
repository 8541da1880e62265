using System.Threading.Channels;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lanes;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Hosting.Lanes;

public sealed class LaneTests : IAsyncLifetime
{
    private const int Defect = -1;
    private static readonly CancellationToken NoStop = CancellationToken.None;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Work _work = new();
    private readonly Lane<int> _lane;
    private Task _running = Task.CompletedTask;

    public LaneTests() => _lane = new Lane<int>(capacity: 4, _time);

    [Fact]
    public async Task Items_and_commands_have_their_turn_in_the_order_they_came()
    {
        await _lane.PutAsync(1, NoStop);
        await _lane.PostAsync(() => _work.Seen.Add("command"), NoStop);
        Assert.True(_lane.TryPut(2));
        Run();
        Assert.Equal(3, await _lane.AskAsync(() => _work.Seen.Count, NoStop));
        Assert.Equal(["1", "command", "2"], _work.Seen);
    }

    [Fact]
    public async Task A_full_lane_refuses_who_only_tries_and_lets_the_others_wait()
    {
        for (var i = 0; i < 4; i++) Assert.True(_lane.TryPut(i));
        Assert.False(_lane.TryPut(4));
        var waiting = _lane.PutAsync(5, NoStop).AsTask();
        Assert.False(waiting.IsCompleted);
        Run();
        await waiting;
        await _lane.DoneAsync(NoStop);
        Assert.Equal(["0", "1", "2", "3", "5"], _work.Seen);
    }

    [Fact]
    public async Task A_question_that_throws_concerns_the_asker_alone()
    {
        Run();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _lane.AskAsync<int>(() => throw new InvalidOperationException("no"), NoStop));
        await _lane.PutAsync(1, NoStop);
        await _lane.DoneAsync(NoStop);
        Assert.Equal(["1"], _work.Seen);
    }

    [Fact]
    public async Task The_last_part_of_a_millisecond_is_slept_and_not_asked_away()
    {
        _work.UntilDue = TimeSpan.FromMilliseconds(0.4);
        Run();
        await Eventually.TrueAsync(() => _time.HasTimerDueBetween(TimeSpan.FromMilliseconds(0.4), TimeSpan.FromMilliseconds(1)), "the lane sleeps");
        Assert.False(_work.Due.Task.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _work.Due.Task;
    }

    [Fact]
    public async Task Only_a_lane_that_is_at_work_and_silent_looks_stuck()
    {
        var hearts = new HeartbeatRegistry(_time);
        var heart = hearts.Watch("lane", TimeSpan.FromSeconds(30));
        using var holds = new ManualResetEventSlim();
        var server = new TaskCompletionSource();
        _work.Server = server.Task;
        _running = Task.Run(() => _lane.RunAsync(_work, _stop.Token, heart));
        await _lane.PutAsync(1, NoStop); // waits for a server
        await Eventually.TrueAsync(() => _work.Seen.Count == 1, "the lane is at work");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(heart.IsStuck);

        server.SetResult();
        await _lane.PostAsync(() => holds.Wait(NoStop), NoStop);
        await Eventually.TrueAsync(_time, TimeSpan.FromMinutes(1), () => heart.IsStuck, "the lane is stuck");
        holds.Set();
        await _lane.DoneAsync(NoStop);
        await Eventually.TrueAsync(() => !heart.IsStuck, "the lane rests again");
    }

    [Fact]
    public async Task A_defect_ends_the_lane_and_whoever_runs_it_hears_of_it()
    {
        Run();
        await _lane.PutAsync(Defect, NoStop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _running);
        Assert.False(_lane.TryPut(1));
        await Assert.ThrowsAsync<ChannelClosedException>(() => _lane.PutAsync(1, NoStop).AsTask());
        await _lane.PostAsync(() => _work.Seen.Add("late"), NoStop);
        Assert.Empty(_work.Seen);
    }

    [Fact]
    public async Task It_runs_until_it_is_stopped()
    {
        Run();
        await _lane.DoneAsync(NoStop);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
    }

    [Fact]
    public async Task What_is_due_is_done_without_an_item_when_the_rest_is_over()
    {
        _work.UntilDue = Rest;
        Run();
        await Eventually.TrueAsync(() => _time.HasTimerDueWithin(Rest), "the lane rests");
        Assert.False(_work.Due.Task.IsCompleted);
        _time.Advance(Rest);
        await _work.Due.Task;
        Assert.Empty(_work.Seen);
    }

    [Fact]
    public async Task An_item_ends_the_rest_and_what_is_due_is_looked_at_behind_it()
    {
        _work.UntilDue = Rest;
        Run();
        await Eventually.TrueAsync(() => _time.HasTimerDueWithin(Rest), "the lane rests");
        Assert.True(_lane.TryPut(1));
        await _work.Due.Task;
        Assert.Equal(["1"], _work.Seen);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Run() => _running = Task.Run(() => _lane.RunAsync(_work, _stop.Token));

    private sealed class Work : ILaneWork<int>
    {
        public List<string> Seen { get; } = [];

        public TaskCompletionSource Due { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan? UntilDue { get; set; }

        public Task Server { get; set; } = Task.CompletedTask;

        public ValueTask HandleAsync(int item, CancellationToken stop)
        {
            if (item == Defect) throw new InvalidOperationException("a defect");
            Seen.Add($"{item}");
            return new ValueTask(Server);
        }

        public ValueTask WhenDueAsync(CancellationToken stop)
        {
            if (UntilDue is null) return ValueTask.CompletedTask;
            UntilDue = null;
            Due.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
