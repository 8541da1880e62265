using CryptoScreener.LocalServers;

namespace CryptoScreener.Launcher;

/// <summary>One run at a time per data folder: two PostgreSQL servers on one folder would destroy it.</summary>
internal static class DataFolder
{
    /// <summary>What we make there; nothing else is ever deleted.</summary>
    private static readonly string[] Ours = ["nats", "redis", "postgres", "logs"];

    /// <summary>Null when another run holds it.</summary>
    public static IDisposable? TryTake(string folder, bool fresh)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalServerException($"{folder} cannot be used for data: {e.Message} Give another folder with --data.");
        }

        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        if (fresh) File.Delete(Path.Combine(folder, "admin-key"));
        if (fresh)
            foreach (var made in Ours.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)) Directory.Delete(made, recursive: true);
        return held;
    }
}
