namespace CryptoScreener.Storage.Ownership;

/// <summary>A partition that work goes on for, and the way to end that work.</summary>
internal sealed class HeldPartition : IDisposable
{
    private readonly CancellationTokenSource _end = new();

    internal HeldPartition(PartitionLease lease, Func<PartitionLease, CancellationToken, Task> hold)
    {
        Lease = lease;
        Work = Task.Run(() => hold(lease, _end.Token));
    }

    internal PartitionLease Lease { get; }

    internal Task Work { get; }

    internal bool IsEnding => _end.IsCancellationRequested;

    /// <summary>The database said that another owns it: there is nothing to give back.</summary>
    internal bool IsLost { get; set; }

    internal void End() => _end.Cancel();

    public void Dispose() => _end.Dispose();
}
