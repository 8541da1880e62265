namespace CryptoScreener.Launcher;

/// <summary>One run at a time per data folder: two PostgreSQL servers on one folder would destroy it.</summary>
internal static class DataFolder
{
    /// <summary>Null when another run holds it.</summary>
    public static IDisposable? TryTake(string folder, bool fresh)
    {
        Directory.CreateDirectory(folder);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        if (fresh)
            foreach (var server in Directory.GetDirectories(folder)) Directory.Delete(server, recursive: true);
        return held;
    }
}
