namespace CryptoScreener.Hosting.Lanes;

/// <summary>What a lane does: one item at a time, so its state needs no lock.</summary>
public interface ILaneWork<T>
    where T : struct
{
    ValueTask HandleAsync(T item, CancellationToken stop);

    /// <summary>How long the lane may rest without an item before <see cref="WhenDueAsync"/>; null for as long as it takes.</summary>
    TimeSpan? UntilDue => null;

    /// <summary>Called after every item and when the time above is over.</summary>
    ValueTask WhenDueAsync(CancellationToken stop) => ValueTask.CompletedTask;
}
