using Serilog;
using Serilog.Configuration;
using Serilog.Formatting;

namespace CryptoScreener.Hosting.Logging;

internal static class LogFiles
{
    public static IReadOnlyList<LogArchive> LogStreamFiles(
        this LoggerSinkConfiguration output, string folder, LogFileOptions options, ITextFormatter formatter, TimeProvider time)
    {
        var archives = new List<LogArchive>();
        foreach (var stream in LogStream.All)
        {
            var archive = new LogArchive(folder, stream, TimeSpan.FromDays(options.KeepDays), time);
            output.Conditional(logEvent => LogStream.Of(logEvent) == stream, file => file.File(
                formatter,
                Path.Combine(folder, $"{stream}-.log"),
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: options.SizeLimitBytes,
                // The archive keeps and deletes: it knows the compressed ones too.
                retainedFileCountLimit: null,
                hooks: archive));
            archives.Add(archive);
        }

        return archives;
    }
}
