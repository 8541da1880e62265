using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>
/// What <c>make scale</c> leaves in the settings of Compose, in a checkout of its own with a Docker that does nothing: whoever says docker
/// compose up later must get what was scaled, with what else is set.
/// </summary>
public sealed class ScaleTests : IDisposable
{
    private const string Scaled = "docker-compose.yml:docker-compose.override.yml:deploy/docker/scaled.yml";

    private readonly string _checkout = Directory.CreateTempSubdirectory("screener-scale-").FullName;

    public ScaleTests() => File.WriteAllText(SettingsFile, "REDIS_MEMORY=1m\n");

    private string SettingsFile => Path.Combine(_checkout, ".env");

    private string Override => Path.Combine(_checkout, "docker-compose.override.yml");

    public void Dispose() => Directory.Delete(_checkout, recursive: true);

    [Fact]
    public async Task Compose_finds_in_its_settings_how_many_run()
    {
        await SucceedsAsync("scale.sh 6");
        Assert.Equal("6", Value("WORKER_REPLICAS"));
        Assert.Equal(Scaled, Value("COMPOSE_FILE"));
        await SucceedsAsync("scale.sh 1");
        Assert.Equal("1", Value("WORKER_REPLICAS"));
        Assert.Null(Value("COMPOSE_FILE"));
    }

    /// <summary>Compose refuses to start when a file that is named is missing, and leaves out one that is not named.</summary>
    [Fact]
    public async Task What_is_overridden_after_scaling_counts()
    {
        await SucceedsAsync("scale.sh 2");
        Assert.Contains("services: {}", await File.ReadAllTextAsync(Override), StringComparison.Ordinal);
        Assert.All(Value("COMPOSE_FILE")!.Split(':'), file => Assert.True(File.Exists(Path.Combine(_checkout, file)), file));
        await File.WriteAllTextAsync(Override, "services: {redis: {mem_limit: 1g}}\n");
        await SucceedsAsync("scale.sh 3");
        Assert.Equal("services: {redis: {mem_limit: 1g}}\n", await File.ReadAllTextAsync(Override));
        Assert.Equal(Scaled, Value("COMPOSE_FILE"));
    }

    [Fact]
    public async Task The_check_of_a_scaled_installation_knows_every_name_of_its_settings()
    {
        await SucceedsAsync("scale.sh 6");
        Assert.NotNull(Value("SCALED_SIZES"));
        await File.AppendAllTextAsync(SettingsFile, "MISSPELLED=1\n");
        var (_, said) = await ExternalProgram.Bash.RunAsync(
            $"-c \"source deploy/scripts/lib/common.sh; source deploy/scripts/lib/report.sh; source deploy/scripts/checks/1-configuration.sh; names_are_known {SettingsFile}; echo ${{findings[0]}}\"");
        Assert.EndsWith("names that nothing reads: MISSPELLED\n", said, StringComparison.Ordinal);
    }

    /// <summary>Four workers of so many processes and a gateway, each with its pool; forty are left for backups, the exporter and operators.</summary>
    [Theory]
    [InlineData(1, 20, 200)]
    [InlineData(2, 17, 200)]
    [InlineData(6, 10, 290)]
    public async Task All_that_run_find_room_in_the_database(int workers, int pool, int connections)
    {
        File.Copy(Repository.PathOf(".env.example"), SettingsFile, overwrite: true);
        var said = await SucceedsAsync($"scale.sh {workers}");
        Assert.Equal((pool, connections), (Number("DATABASE_POOL_SIZE"), Number("POSTGRES_MAX_CONNECTIONS")));
        Assert.True((((4 * workers) + 1) * pool) + 40 <= connections);
        Assert.Equal(connections != 200, said.Contains("POSTGRES_MAX_CONNECTIONS 200 → 290", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scaling_back_gives_the_database_its_sizes_back()
    {
        File.Copy(Repository.PathOf(".env.example"), SettingsFile, overwrite: true);
        foreach (var (workers, pool, connections) in new[] { (6, 10, 290), (2, 17, 200), (8, 10, 370), (1, 20, 200) })
        {
            await SucceedsAsync($"scale.sh {workers}");
            Assert.Equal((pool, connections), (Number("DATABASE_POOL_SIZE"), Number("POSTGRES_MAX_CONNECTIONS")));
        }

        Assert.Null(Value("SCALED_SIZES"));
    }

    [Fact]
    public async Task Sizes_that_were_set_after_scaling_are_kept()
    {
        File.Copy(Repository.PathOf(".env.example"), SettingsFile, overwrite: true);
        await SucceedsAsync("scale.sh 6");
        await File.AppendAllTextAsync(SettingsFile, "POSTGRES_MAX_CONNECTIONS=600\n");
        await SucceedsAsync("scale.sh 1");
        Assert.Equal((10, 600), (Number("DATABASE_POOL_SIZE"), Number("POSTGRES_MAX_CONNECTIONS")));
    }

    private async Task<string> SucceedsAsync(string script)
    {
        var copied = string.Join(' ', new[] { "deploy", "docker-compose.yml" }.Select(part => Repository.PathOf(part)));
        var (code, said) = await ExternalProgram.Bash.RunAsync(
            $"-c \"cp -rn {copied} {_checkout}/; docker() {{ echo alert-engine; }}; export -f docker; {_checkout}/deploy/scripts/{script}\"", environment: "STACK=compose");
        Assert.True(code == 0, said);
        return said;
    }

    private int Number(string name) => int.Parse(Value(name)!, System.Globalization.CultureInfo.InvariantCulture);

    private string? Value(string name) =>
        File.ReadLines(SettingsFile).LastOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
