namespace CryptoScreener.UnitTests.Indicators;

internal static class RepositoryFiles
{
    internal static string[] Lines(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CryptoScreener.sln"))) folder = folder.Parent;
        Assert.True(folder is not null, "tests run from inside the repository: no CryptoScreener.sln above the test assembly");
        return File.ReadAllLines(Path.Combine([folder.FullName, "tests", "UnitTests", "Indicators", .. path]));
    }
}
