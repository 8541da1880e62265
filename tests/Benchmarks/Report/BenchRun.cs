using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>The run that figures belong to: what was measured on what, and where it is kept.</summary>
internal static class BenchRun
{
    /// <summary>A process that another one starts belongs to its run.</summary>
    internal const string IdVariable = "SCREENER_BENCH_RUN";

    private static readonly long Started = Stopwatch.GetTimestamp();
    private static readonly List<string> Failures = [];

    internal static string Id { get; } = Environment.GetEnvironmentVariable(IdVariable) is { Length: > 0 } given
        ? given
        : TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    internal static string Folder => Directory.CreateDirectory(Repository.PathOf("artifacts", "bench")).FullName;

    /// <summary>What was measured and is worse than it may be.</summary>
    internal static IReadOnlyList<string> Failed => Failures;

    internal static TimeSpan Elapsed => Stopwatch.GetElapsedTime(Started);

    internal static string Machine => string.Create(
        CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, .NET {Environment.Version}");

    internal static string Commit { get; } = ReadCommit();

    internal static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    internal static void Fail(string what) => Failures.Add(what);

    // Without git, as in an unpacked archive, a figure still counts; it only does not say of what.
    private static string ReadCommit()
    {
        try
        {
            var commit = Git("rev-parse", "--short=12", "HEAD");
            return commit.Length == 0 ? "unknown" : Git("status", "--porcelain", "--untracked-files=no").Length == 0 ? commit : $"{commit} with changes";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    private static string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        var said = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? said : "";
    }
}
