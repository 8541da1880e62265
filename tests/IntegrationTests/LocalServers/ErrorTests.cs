using CryptoScreener.LocalServers;

namespace CryptoScreener.IntegrationTests.LocalServers;

public sealed class ErrorTests
{
    [Fact]
    public void A_missing_program_is_named_with_the_way_to_install_it()
    {
        var error = Assert.Throws<LocalServerException>(() => ServerPrograms.Find("no-such-server", "its-package"));
        Assert.Contains("no-such-server is not installed", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install its-package", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_version_of_postgres_is_named_with_its_package()
    {
        var error = Assert.Throws<LocalServerException>(() => ServerPrograms.FindPostgres(new SystemRoot(null), "7"));
        Assert.Contains("apt-get install postgresql-7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_start_says_what_it_said_and_leaves_nothing_behind()
    {
        var error = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalRedis.StartAsync(new LocalServerOptions { Arguments = ["--no-such-setting", "1"] }));
        Assert.Contains("Bad directive or wrong number of arguments", error.Message, StringComparison.Ordinal);
        var folder = Path.GetDirectoryName(error.Message.Split("Whole log: ")[1].Split(". It said")[0]);
        Assert.False(Directory.Exists(folder));
    }
}
