using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The servers and monitors of others are of one version, wherever they run, and of one that tells what the rules ask.</summary>
public sealed class PinnedImagesTests
{
    private static readonly Dictionary<string, string> OfCompose = ComposeFile.Services.Values.Where(service => !ComposeFile.IsOurs(service))
        .Select(service => service.Text("image").Split(':')).ToDictionary(image => image[0], image => image[1]);

    [Fact]
    public void A_cluster_runs_the_versions_that_compose_runs()
    {
        var ofCluster = Kustomization.Resolve("k8s").Where(m => m.IsWorkload).SelectMany(m => m.Containers).Select(c => c.Text("image").Split(':')).Where(image => OfCompose.ContainsKey(image[0])).ToList();
        Assert.True(ofCluster.Count >= 8, $"only {ofCluster.Count} images were compared");
        Assert.All(ofCluster, image => Assert.Equal($"{image[0]}:{OfCompose[image[0]]}", $"{image[0]}:{image[1]}"));
    }

    /// <summary>Without it the server's own vacuum, which may take hours, is a slow query.</summary>
    [Fact]
    public void The_exporter_of_the_database_tells_clients_from_the_servers_own_work()
    {
        Assert.Contains("backend_type=~\"|client backend\"", File.ReadAllText(Repository.PathOf("deploy", "prometheus", "rules", "database.yml")), StringComparison.Ordinal);
        Assert.True(Version.Parse(OfCompose["prometheuscommunity/postgres-exporter"].TrimStart('v')) >= new Version(0, 17), "backend_type is a label since 0.17.0");
    }
}
