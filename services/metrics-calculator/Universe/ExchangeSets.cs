namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>The latest complete sets of one exchange: written by one reader, read by every lane.</summary>
internal sealed class ExchangeSets
{
    /// <summary>A minute or two would do for live frames; late and corrected minutes are shown beside the set of their own.</summary>
    private const int Kept = 16;

    private volatile UniverseSet[] _sets = [];
    private volatile TaskCompletionSource _changed = NewSignal();
    private volatile bool _isStalled;

    /// <summary>No set came for long: nobody should wait for the next.</summary>
    public bool IsStalled
    {
        get => _isStalled;
        set => _isStalled = value;
    }

    public long Newest => _sets is [.., var last] ? last.Minute : long.MinValue;

    public Task Changed => _changed.Task;

    public void Add(UniverseSet set)
    {
        _sets = [.. _sets.TakeLast(Kept - 1), set];
        _isStalled = false;
        Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
    }

    public UniverseSet? Find(long minute)
    {
        var sets = _sets;
        for (var i = sets.Length - 1; i >= 0; i--)
            if (sets[i].Minute == minute) return sets[i];
        return null;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
