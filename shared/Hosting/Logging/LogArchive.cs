using System.IO.Compression;
using System.Text;
using Serilog.Debugging;
using Serilog.Sinks.File;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// Whenever a stream opens a file, its earlier ones are compressed and the expired ones deleted, beside the writer so that it
/// never waits. A crash in between leaves a file for the next time.
/// </summary>
internal sealed class LogArchive(string directory, string stream, TimeSpan keep, TimeProvider time) : FileLifecycleHooks
{
    /// <summary>Ends when nothing is left to tidy.</summary>
    public Task Tidied { get; private set; } = Task.CompletedTask;

    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        Tidied = Tidied.ContinueWith(_ => Tidy(Path.GetFileName(path)), TaskScheduler.Default);
        return underlyingStream;
    }

    private void Tidy(string current)
    {
        try
        {
            foreach (var file in Directory.GetFiles(directory, $"{stream}-*.log"))
            {
                // Names sort by age. What sorts after this one has been opened since and is being written.
                if (string.CompareOrdinal(Path.GetFileName(file), current) < 0) Compress(file);
            }

            var oldest = time.GetUtcNow().UtcDateTime - keep;
            foreach (var archived in Directory.GetFiles(directory, $"{stream}-*.log.gz"))
            {
                if (File.GetLastWriteTimeUtc(archived) < oldest) File.Delete(archived);
            }
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // Logging goes on uncompressed; the next file tries again.
            SelfLog.WriteLine("Could not tidy the log files of {0}: {1}", stream, trouble.Message);
        }
    }

    private static void Compress(string closed)
    {
        var written = File.GetLastWriteTimeUtc(closed);
        var unfinished = $"{closed}.gz.tmp";
        using (var source = File.OpenRead(closed))
        using (var target = new GZipStream(File.Create(unfinished), CompressionLevel.Optimal))
            source.CopyTo(target);

        // Renamed when complete, so that no half-written archive is ever taken for a whole one.
        File.SetLastWriteTimeUtc(unfinished, written);
        File.Move(unfinished, $"{closed}.gz", overwrite: true);
        File.Delete(closed);
    }
}
