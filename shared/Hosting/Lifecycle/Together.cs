namespace CryptoScreener.Hosting.Lifecycle;

/// <summary>Loops that make sense only all at once.</summary>
public static class Together
{
    /// <summary>Runs them side by side. When one ends or fails the others are stopped, and what ended the first is thrown.</summary>
    public static async Task RunAsync(CancellationToken stop, params IReadOnlyList<Func<CancellationToken, Task>> loops)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = loops.Select(loop => Task.Run(() => loop(ending.Token), CancellationToken.None)).ToList();
        var first = await Task.WhenAny(running);
        await ending.CancelAsync();
        foreach (var task in running) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // One that was cancelled though nobody stops us was ended by another on its way out, and that one knows why.
        if (first.IsCanceled && !stop.IsCancellationRequested) first = running.Find(task => task.IsFaulted) ?? first;
        await first;
        stop.ThrowIfCancellationRequested();
    }
}
