namespace CryptoScreener.Launcher;

internal static class LogTail
{
    private const int Lines = 12;

    public static string Of(string file)
    {
        if (!File.Exists(file)) return "(it wrote nothing)";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return string.Join(Environment.NewLine, reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(Lines));
    }
}
