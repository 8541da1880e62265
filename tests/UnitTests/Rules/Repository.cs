namespace CryptoScreener.UnitTests.Rules;

/// <summary>Where the sources are, for tests that read files of the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CryptoScreener.sln"))) return folder.FullName;
        throw new InvalidOperationException("CryptoScreener.sln is in no folder above the tests: run them from a checkout");
    }
}
