using CryptoScreener.LocalServers.Stack;
using Spectre.Console;

namespace CryptoScreener.Launcher;

/// <summary>Shows how everything does until it is stopped, and remembers whether it stayed healthy.</summary>
internal static class Watch
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    public static async Task<bool> UntilStoppedAsync(LocalScreener screener, LaunchView view, CancellationToken stop)
    {
        var status = new LiveStatus(screener);
        try
        {
            if (view.IsTerminal) await ShowAsync(status, view, stop);
            else await PrintAsync(status, view, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // asked to stop
        }

        status.NoteEnded();
        foreach (var trouble in status.Troubles) view.Error(trouble);
        return status.Troubles.Count == 0;
    }

    private static Task ShowAsync(LiveStatus status, LaunchView view, CancellationToken stop) => view.Console
        .Live(new Text("..."))
        .StartAsync(async display =>
        {
            while (true)
            {
                display.UpdateTarget(StatusTable.Of(await status.NextAsync(stop)));
                await Task.Delay(TerminalInterval, TimeProvider.System, stop);
            }
        });

    private static async Task PrintAsync(LiveStatus status, LaunchView view, CancellationToken stop)
    {
        while (true)
        {
            view.Say((await status.NextAsync(stop)).ToString());
            await Task.Delay(PlainInterval, TimeProvider.System, stop);
        }
    }
}
