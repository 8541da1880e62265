namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// An answer that costs the database the more the more there is to count. Whoever asks within twenty times of what it took gets the same one, and
/// all who ask meanwhile wait for one question, which ends when nobody waits any more: however many look, it is asked a twentieth of the time.
/// </summary>
internal sealed class SparedAnswer<T>(Func<CancellationToken, Task<T>> ask, TimeProvider time)
{
    private const int Share = 20;

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
            if (_last is { } last && time.GetElapsedTime(last.At) < last.Keep) return last.Value;
            question = _asking ??= Begin();
            question.Waiting++;
        }

        try
        {
            return await question.Answer.WaitAsync(stop);
        }
        finally
        {
            if (LeavesLast(question)) await question.GiveUp.CancelAsync();
        }
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
        var keep = TimeSpan.FromTicks(Math.Min(time.GetElapsedTime(began).Ticks * Share, Longest.Ticks));
        lock (_lock) _last = new Answer(value, time.GetTimestamp(), keep);
        return value;
    }

    private sealed record Answer(T Value, long At, TimeSpan Keep);

    private sealed class Question(Task<T> answer, CancellationTokenSource giveUp)
    {
        public Task<T> Answer => answer;

        public CancellationTokenSource GiveUp => giveUp;

        public int Waiting { get; set; }
    }
}
