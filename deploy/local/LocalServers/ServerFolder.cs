using System.Text;

namespace CryptoScreener.LocalServers;

/// <summary>The folder of one server: its log beside its data.</summary>
internal sealed class ServerFolder
{
    private const int TailLines = 25;

    internal ServerFolder(string server, string? kept, string temporaryFolder)
    {
        IsTemporary = kept is null;
        Root = Directory.CreateDirectory(kept ?? Path.Combine(temporaryFolder, $"screener-{server}-{Guid.NewGuid():N}")).FullName;
        Log = Path.Combine(Root, $"{server}.log");
        Data = Path.Combine(Root, "data");
    }

    internal bool IsTemporary { get; }

    internal string Root { get; }

    internal string Log { get; }

    internal string Data { get; }

    internal long LogLength => File.Exists(Log) ? new FileInfo(Log).Length : 0;

    /// <summary>The last lines that the server wrote after its log had this length.</summary>
    internal string LogSince(long length)
    {
        if (!File.Exists(Log)) return "";
        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(length, SeekOrigin.Begin);
        var lines = new StreamReader(file, Encoding.UTF8).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(Environment.NewLine, lines.TakeLast(TailLines));
    }

    internal void DeleteIfTemporary()
    {
        if (IsTemporary && Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }
}
