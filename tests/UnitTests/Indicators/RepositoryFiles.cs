using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Indicators;

internal static class RepositoryFiles
{
    internal static string[] Lines(params string[] path) =>
        File.ReadAllLines(Repository.PathOf(["tests", "UnitTests", "Indicators", .. path]));
}
