using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>
/// What <c>make scale</c> leaves in the settings of Compose, in a checkout of its own with a Docker that does nothing: whoever says docker
/// compose up later must get what was scaled, with what else is set.
/// </summary>
public sealed class ScaleTests : IDisposable
{
    private const string Scaled = "docker-compose.yml:docker-compose.override.yml:deploy/docker/scaled.yml";
    private static readonly ExternalProgram Bash = new("bash", "bash");

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

    private async Task<string> SucceedsAsync(string script)
    {
        var copied = string.Join(' ', new[] { "deploy", "docker-compose.yml" }.Select(part => Repository.PathOf(part)));
        var (code, said) = await Bash.RunAsync(
            $"-c \"cp -rn {copied} {_checkout}/; docker() {{ echo alert-engine; }}; export -f docker; {_checkout}/deploy/scripts/{script}\"", environment: "STACK=compose");
        Assert.True(code == 0, said);
        return said;
    }

    private string? Value(string name) =>
        File.ReadLines(SettingsFile).LastOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
