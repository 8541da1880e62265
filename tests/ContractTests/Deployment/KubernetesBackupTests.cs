namespace CryptoScreener.ContractTests.Deployment;

/// <summary>What a cluster's backup has beside the servers: every setting, and no secret in the clear.</summary>
public sealed class KubernetesBackupTests
{
    private static readonly Manifest Backup = Kustomization.Resolve("k8s").Single(m => m is { Kind: "CronJob", Name: "backup" });

    /// <summary>Dashboards and what writes Alertmanager's file come with the version, and nobody sets anything in them.</summary>
    [Fact]
    public void Every_setting_of_the_cluster_is_in_its_backup()
    {
        var settings = Kustomization.Resolve("k8s").Where(m => m.Kind == "ConfigMap" && m.Namespace == Backup.Namespace).Select(m => m.Name)
            .Where(name => !name.StartsWith("grafana-", StringComparison.Ordinal) && name != "alertmanager-source");
        Assert.Equal(settings.Order(StringComparer.Ordinal), Mounted().Select(mount => mount.Map).Order(StringComparer.Ordinal));
        var folder = Backup.Containers.Single().List("env").Single(e => e.Text("name") == "BACKUP_CONFIGURATION").Text("value");
        Assert.All(Mounted(), mount => Assert.Equal($"{folder}/{mount.Map}", mount.Path));
    }

    /// <summary>A pod waits for ever for a map that is not there.</summary>
    [Fact]
    public void No_missing_setting_keeps_the_backup_from_being_made() =>
        Assert.All(Backup.Pod.List("volumes").Where(volume => volume?["configMap"] is not null), volume => Assert.Equal("true", volume.At("configMap").Text("optional")));

    /// <summary>Settings may hold an address with a token.</summary>
    [Fact]
    public void What_leaves_the_cluster_is_encrypted_and_holds_no_secret_of_it()
    {
        Assert.Equal("true", Backup.Containers.Single().List("env").Single(e => e.Text("name") == "BACKUP_ENCRYPT").Text("value"));
        Assert.DoesNotContain(Backup.Pod.List("volumes"), volume => volume?["secret"] is not null);
    }

    private static IEnumerable<(string Map, string Path)> Mounted() =>
        from volume in Backup.Pod.List("volumes")
        where volume?["configMap"] is not null
        let mount = Backup.Containers.Single().List("volumeMounts").Single(m => m.Text("name") == volume.Text("name"))
        select (volume.At("configMap").Text("name"), mount.Text("mountPath"));
}
