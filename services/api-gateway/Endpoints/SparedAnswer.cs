namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// An answer that costs the database the more the more there is to count. Whoever asks within twenty times of what it took gets the same one; whoever
/// asks within a hundred times gets it too and has the next one asked for, so that nobody waits while there are many who ask. All others wait for one
/// question, which ends when nobody waits any more: however many look, it is asked a twentieth of the time.
/// </summary>
internal sealed class SparedAnswer<T>(Func<CancellationToken, Task<T>> ask, TimeProvider time)
{
    private const int Share = 20;
    private const int ShownShare = 100; // what takes a millisecond is a tenth of a second old at most

    /// <summary>No answer is kept longer, however long it took: a page asks as often.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private Answer? _last;
    private Question? _asking;

    public async Task<T> GetAsync(CancellationToken stop)
    {
        Question question;
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last.At) is var age && age < Times(last.Took, ShownShare))
            {
                if (age >= Times(last.Took, Share) && _asking is null) _ = RenewAsync(Join());
                return last.Value;
            }

            question = Join();
        }

        return await WaitAsync(question, stop);
    }

    private static TimeSpan Times(TimeSpan took, int share) => TimeSpan.FromTicks(Math.Min(took.Ticks * share, Longest.Ticks));

    private Question Join()
    {
        var question = _asking ??= Begin();
        question.Waiting++;
        return question;
    }

    private async Task<T> WaitAsync(Question question, CancellationToken stop)
    {
        try
        {
            return await question.Answer.WaitAsync(stop);
        }
        finally
        {
            if (LeavesLast(question)) await question.GiveUp.CancelAsync();
        }
    }

    // What goes wrong is told to whoever waits for an answer, once the last one is too old; until then the renewal waits, and no longer.
    private async Task RenewAsync(Question question)
    {
        using var patience = new CancellationTokenSource(Longest, time);
        await ((Task)WaitAsync(question, patience.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool LeavesLast(Question question)
    {
        lock (_lock)
        {
            if (--question.Waiting > 0) return false;
            if (_asking == question) _asking = null;
            return true;
        }
    }

    private Question Begin()
    {
        var giveUp = new CancellationTokenSource();
        return new Question(AskAsync(giveUp.Token), giveUp);
    }

    private async Task<T> AskAsync(CancellationToken stop)
    {
        await Task.Yield(); // the lock is given back first
        var began = time.GetTimestamp();
        var value = await ask(stop);
        lock (_lock) _last = new Answer(value, time.GetTimestamp(), time.GetElapsedTime(began));
        return value;
    }

    private sealed record Answer(T Value, long At, TimeSpan Took);

    private sealed class Question(Task<T> answer, CancellationTokenSource giveUp)
    {
        public Task<T> Answer => answer;

        public CancellationTokenSource GiveUp => giveUp;

        public int Waiting { get; set; }
    }
}
