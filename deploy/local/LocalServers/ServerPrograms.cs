using System.Globalization;

namespace CryptoScreener.LocalServers;

/// <summary>Finds installed programs, or says how to install them.</summary>
internal static class ServerPrograms
{
    private const string PostgresRoot = "/usr/lib/postgresql";

    // Users who are not root often miss these in PATH, and Debian puts servers there.
    private static readonly string[] AlsoLookIn = ["/usr/local/bin", "/usr/local/sbin", "/usr/bin", "/usr/sbin", "/opt/homebrew/bin"];

    internal static string Find(string program, string package) =>
        TryFind(program) ?? throw Missing(program, $"PATH, {string.Join(", ", AlsoLookIn)}", package);

    internal static string? TryFind(string program) => PathFolders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>The folder with initdb and postgres: of the asked major version, otherwise the newest installed.</summary>
    /// <returns>A path as the system's programs see it.</returns>
    internal static string FindPostgres(SystemRoot system, string? major = null)
    {
        var debian = DebianPostgres(system);
        var found = debian.Count > 0
            ? debian.FirstOrDefault(folder => major is null || folder == Path.Combine(PostgresRoot, major, "bin"))
            : PathFolders().FirstOrDefault(HasInitdb);
        return found ?? throw Missing($"initdb (PostgreSQL{(major is null ? "" : " " + major)})", $"{system.Outside(PostgresRoot)}/*/bin, PATH", PostgresPackage(major));
    }

    private static string PostgresPackage(string? major) => major is null ? "postgresql" : $"postgresql-{major}";

    private static List<string> DebianPostgres(SystemRoot system) => !Directory.Exists(system.Outside(PostgresRoot))
        ? []
        : [.. Directory.GetDirectories(system.Outside(PostgresRoot))
            .Select(folder => Path.GetFileName(folder))
            .OrderByDescending(major => double.TryParse(major, NumberStyles.Float, CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(major => Path.Combine(PostgresRoot, major, "bin"))
            .Where(folder => HasInitdb(system.Outside(folder)))];

    private static bool HasInitdb(string folder) => File.Exists(Path.Combine(folder, "initdb"));

    private static IEnumerable<string> PathFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(AlsoLookIn);

    private static LocalServerException Missing(string program, string places, string package) => new(
        $"{program} is not installed (looked in {places}). Install it with 'apt-get install {package}' on Debian and Ubuntu "
        + "or with your system's package manager, then run this again.");
}
