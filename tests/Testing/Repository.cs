namespace CryptoScreener.Testing;

/// <summary>Finds the checkout the tests run from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CryptoScreener.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"no CryptoScreener.sln above {AppContext.BaseDirectory}: run the tests from a checkout");
    }
}
