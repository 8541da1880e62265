namespace CryptoScreener.LocalServers.Stack;

/// <summary>Finds the built programs beside our own: all projects build into one artifacts folder, by name and configuration.</summary>
internal static class BuiltPrograms
{
    internal static string PathOf(string project)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.Combine(ours.Parent!.Parent!.FullName, project, ours.Name);
        var program = Path.Combine(folder, $"CryptoScreener.{project}.dll");
        return File.Exists(program)
            ? program
            : throw new LocalServerException($"{program} is not there: build the whole solution first (make build).");
    }
}
