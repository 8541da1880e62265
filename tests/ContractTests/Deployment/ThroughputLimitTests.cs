using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The overview tells the headroom of throughput only where somebody says how much an installation bears: every way of installing offers it.</summary>
public sealed class ThroughputLimitTests
{
    private const string Setting = "Operations__CandlesPerSecondLimit";

    [Fact]
    public void Compose_takes_it_from_its_settings() =>
        Assert.Equal("${CANDLES_PER_SECOND_LIMIT:-}", ComposeFile.Services["api-gateway"].Map("environment").Text(Setting));

    [Fact]
    public void A_cluster_for_production_has_it_among_its_sizes() =>
        Assert.Contains($"path: /data/{Setting},", File.ReadAllText(Repository.PathOf("k8s", "overlays", "production", "kustomization.yaml")), StringComparison.Ordinal);
}
