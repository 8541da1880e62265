namespace CryptoScreener.Launcher;

/// <summary>The administrator's key: shown in the run that made it, later only where it lies.</summary>
internal static class AdminKey
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private const int Looks = 25;

    public static async Task ShowAsync(string file, DateTimeOffset started, LaunchView view, CancellationToken stop)
    {
        for (var look = 0; look < Looks && !File.Exists(file); look++) await Task.Delay(Pause, TimeProvider.System, stop);
        if (!File.Exists(file))
        {
            view.Say("The administrator's key was made by another run; make others with it (POST /api/v1/api-keys).");
            return;
        }

        if (File.GetLastWriteTimeUtc(file) < started.UtcDateTime) view.Say($"The administrator's API key is in {file}");
        else view.Say($"The administrator's API key, shown this once: {(await File.ReadAllTextAsync(file, stop)).Trim()} (kept in {file})");
        view.Say("");
    }
}
