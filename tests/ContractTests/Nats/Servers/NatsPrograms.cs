using System.Diagnostics;
using CryptoScreener.LocalServers;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>
/// The nats-server programs to test against: the installed one always, then those that deploy/scripts/fetch-nats-servers.sh has
/// put under .data/nats-servers, then any named in SCREENER_NATS_SERVERS (paths, separated by colons).
/// </summary>
internal static class NatsPrograms
{
    private const string Variable = "SCREENER_NATS_SERVERS";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Found = new(Find);

    /// <summary>Version to program, oldest first.</summary>
    public static IReadOnlyDictionary<string, string> ByVersion => Found.Value;

    public static string Installed => ServerPrograms.Find("nats-server", "nats-server");

    private static SortedDictionary<string, string> Find()
    {
        var named = (Environment.GetEnvironmentVariable(Variable) ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries);
        var programs = new SortedDictionary<string, string>(Comparer<string>.Create((a, b) => Version.Parse(a).CompareTo(Version.Parse(b))));
        foreach (var program in (string[])[Installed, .. Fetched(), .. named])
            programs[VersionOf(program)] = program;
        return programs;
    }

    private static string[] Fetched()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var servers = Path.Combine(folder.FullName, ".data", "nats-servers");
            if (Directory.Exists(servers))
                return [.. Directory.GetDirectories(servers).Select(version => Path.Combine(version, "nats-server")).Where(File.Exists)];
        }

        return [];
    }

    // "nats-server: v2.9.10"
    private static string VersionOf(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} could not be started");
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return answer[(answer.IndexOf('v', "nats-server".Length) + 1)..].Trim().Split('-')[0];
    }
}
