using CryptoScreener.Testing;

namespace CryptoScreener.BrowserTests;

/// <summary>The page's own tests, which need no browser.</summary>
public sealed class PageUnitTests
{
    [Fact]
    public async Task The_tests_beside_the_pages_sources_pass()
    {
        var web = Repository.PathOf("services", "api-gateway", "web");
        var vitest = Path.Combine(web, "node_modules", "vitest", "vitest.mjs");
        Assert.True(File.Exists(vitest), "The page was not built: run make web.");
        var (exitCode, output) = await ExternalProgram.Node.RunAsync($"{vitest} run --root {web}");
        Assert.True(exitCode == 0, output);
    }
}
