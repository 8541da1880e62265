namespace CryptoScreener.LocalServers;

/// <summary>The system that programs come from: this one, or one that was unpacked into a folder (by debootstrap) and is entered by chroot.</summary>
internal sealed class SystemRoot(string? folder)
{
    /// <summary>Where temporary data can lie so that its programs see them.</summary>
    internal string TemporaryFolder => folder is null ? Path.GetTempPath() : Path.Combine(folder, "tmp");

    internal IReadOnlyList<string> Enter => folder is null ? [] : [ServerPrograms.Find("chroot", "coreutils"), folder];

    /// <summary>A path of ours as the system's programs see it.</summary>
    internal string Inside(string path)
    {
        if (folder is null) return path;
        return path.StartsWith(folder + '/', StringComparison.Ordinal)
            ? path[folder.Length..]
            : throw new LocalServerException($"{path} lies outside {folder}, whose programs cannot see it; choose a folder inside.");
    }

    /// <summary>A path as we see it.</summary>
    internal string Outside(string path) => folder + path;

    internal string Program(string name, string package) => folder is null ? ServerPrograms.Find(name, package) : name;
}
