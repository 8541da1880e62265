using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>A partition that is ours: what we follow in it, and since when everything of it is live.</summary>
internal sealed class OwnedPartition(int number, long epoch, CancellationToken stop)
{
    // Not disposed: what works for the partition may look at its token after the end.
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private volatile bool _isWarm;

    public int Number { get; } = number;

    public long Epoch { get; } = epoch;

    /// <summary>Cancelled when it is another's.</summary>
    public CancellationToken Ended => _ending.Token;

    /// <summary>Changed by the reconciliation only, and not before it is warm.</summary>
    public IReadOnlyList<FollowedInstrument> Instruments { get; set; } = [];

    public bool IsWarm
    {
        get => _isWarm;
        set => _isWarm = value;
    }

    public Task EndAsync() => _ending.CancelAsync();

    /// <summary>Works for it while it is ours. What fails after that concerns nobody: what we asked for was on its way when it ended.</summary>
    public async Task WhileOursAsync(Func<Task> workAsync)
    {
        try
        {
            await workAsync();
        }
        catch (Exception) when (Ended.IsCancellationRequested)
        {
            // another's now
        }
    }
}
