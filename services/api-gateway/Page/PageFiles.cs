using System.Collections.Frozen;

namespace CryptoScreener.ApiGateway.Page;

/// <summary>What <c>make web</c> built, read once at start; empty where nobody built it.</summary>
internal sealed class PageFiles
{
    private const string Index = "/index.html";

    private readonly Lazy<FrozenDictionary<string, PageFile>> _files;

    public PageFiles(IHostEnvironment environment) => _files = new(() => Read(FolderOf(environment)));

    /// <summary>The page itself; null when it was not built.</summary>
    public PageFile? Page => Find(Index);

    public PageFile? Find(string path) => _files.Value.GetValueOrDefault(path);

    // Beside the program in an image and after a build; in the project's folder under `dotnet run`.
    private static string FolderOf(IHostEnvironment environment)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return Directory.Exists(beside) ? beside : Path.Combine(environment.ContentRootPath, "wwwroot");
    }

    private static FrozenDictionary<string, PageFile> Read(string folder)
    {
        if (!Directory.Exists(folder)) return FrozenDictionary<string, PageFile>.Empty;
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path: "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .ToFrozenDictionary(f => f.Path, f => PageFile.Read(f.Path, f.File), StringComparer.Ordinal);
    }
}
