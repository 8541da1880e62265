using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The overview tells the headroom of throughput only where somebody says how much an installation bears: every way of installing offers it.</summary>
public sealed class ThroughputLimitTests : IDisposable
{
    private const string Setting = "Operations__CandlesPerSecondLimit";
    private static readonly ExternalProgram Bash = new("bash", "bash");

    private readonly string _folder = Directory.CreateTempSubdirectory("screener-throughput-").FullName;

    private string SettingsFile => Path.Combine(_folder, ".env");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Compose_takes_it_from_its_settings() =>
        Assert.Equal("${CANDLES_PER_SECOND_LIMIT:-}", ComposeFile.Services["api-gateway"].Map("environment").Text(Setting));

    [Fact]
    public void A_cluster_for_production_has_it_among_its_sizes() =>
        Assert.Contains($"path: /data/{Setting},", File.ReadAllText(Repository.PathOf("k8s", "overlays", "production", "kustomization.yaml")), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "9523")] // 4 processors, by the model of docs/CAPACITY.md
    [InlineData("31000", "31000")] // whoever measured knows better
    public async Task Sizing_a_machine_sets_it_where_nobody_measured(string before, string after)
    {
        await File.WriteAllTextAsync(SettingsFile, $"CANDLES_PER_SECOND_LIMIT={before}\n");
        var (code, said) = await Bash.RunAsync(
            "deploy/scripts/prod-optimize.sh", environment: $"ENV_FILE={SettingsFile} CPUS=4 MEMORY_MB=8000 DISK_GB=100 APPLY=yes");

        Assert.True(code == 0, said);
        Assert.Contains($"CANDLES_PER_SECOND_LIMIT={after}", File.ReadLines(SettingsFile));
    }
}
