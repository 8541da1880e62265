using System.Globalization;
using Serilog.Debugging;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// A folder for the files of this process alone: that of its service, and the next number where another process has it. Two that write the same
/// file tear each other's lines apart, and one compresses what the other still writes. The names do not depend on the process, so that whoever
/// comes next deletes what has expired.
/// </summary>
internal sealed class LogFolder : IDisposable
{
    private const int Most = 100;
    private readonly FileStream? _claim;

    private LogFolder(string path, FileStream? claim) => (Path, _claim) = (path, claim);

    public string Path { get; }

    public static LogFolder Take(string directory, string service)
    {
        var path = "";
        for (var number = 1; number <= Most; number++)
        {
            path = System.IO.Path.Combine(directory, number == 1 ? service : string.Create(CultureInfo.InvariantCulture, $"{service}-{number}"));
            var file = System.IO.Path.Combine(path, "in-use");
            try
            {
                Directory.CreateDirectory(path);
                return new LogFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
            }
            catch (IOException) when (File.Exists(file))
            {
                // another process has it, until it ends however it ends
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                SelfLog.WriteLine("The folder {0} for log files cannot be made: {1}", path, trouble.Message);
                break;
            }
        }

        // Whether it can be written to shows when something is logged; the console has everything.
        return new LogFolder(path, claim: null);
    }

    public void Dispose() => _claim?.Dispose();
}
