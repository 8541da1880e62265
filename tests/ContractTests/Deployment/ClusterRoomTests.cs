using System.Globalization;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>What grows in a cluster fits, is measured, and is told of.</summary>
public sealed class ClusterRoomTests
{
    private const int Others = 40; // Grafana, exporter, backup, an operator's psql, those kept for the superuser

    public static TheoryData<string> Roots => Kustomization.Roots;

    /// <summary>Too many clients would refuse leases and checkpoints just when autoscalers start more because there is much to do.</summary>
    [Theory]
    [MemberData(nameof(Roots))]
    public void All_pods_that_autoscalers_may_start_find_a_connection(string root)
    {
        var all = Kustomization.Resolve(root);
        var pool = Number(all.Single(m => m is { Kind: "ConfigMap", Name: "screener-settings" }).Body.Map("data").Text("Storage__MaxPoolSize"));
        var most = all.Where(m => m is { Kind: "HorizontalPodAutoscaler" or "ScaledObject" })
            .GroupBy(m => m.Spec.At("scaleTargetRef").Text("name"))
            .ToDictionary(group => group.Key, group => group.Max(m => Number(m.Spec.Text("maxReplicas") + m.Spec.Text("maxReplicaCount"))));
        var workers = all.Where(m => m.Kind == "Deployment" && m.Containers.Any(c => c.Text("image").StartsWith("cryptoscreener/", StringComparison.Ordinal)) && m.PodLabels.ContainsKey("crypto-screener/data")).ToList();
        Assert.Equal(5, workers.Count);
        var pods = workers.Sum(m => 1 + (most.TryGetValue(m.Name, out var scaled) ? scaled : Number(m.Spec.Text("replicas")))); // one more while it rolls
        var server = all.Single(m => m is { Kind: "StatefulSet", Name: "timescaledb" }).Containers.First().List("args").Texts();
        var connections = Number(server.Single(a => a.StartsWith("max_connections=", StringComparison.Ordinal)).Split('=')[1]);
        Assert.True((pods * pool) + Others <= connections, $"{pods} pods with {pool} connections each and {Others} others do not fit into {connections}");
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/var/lib/kubelet/pods/0b1c/volumes/kubernetes.io~csi/pvc-1/mount", true)]
    [InlineData("/var/lib/kubelet/pods/0b1c/volumes/kubernetes.io~local-volume/data", true)]
    [InlineData("/var/lib/kubelet/pods/0b1c/volumes/kubernetes.io~projected/token", false)]
    [InlineData("/var/lib/kubelet/pods/0b1c/volume-subpaths/config/prometheus/0", false)]
    [InlineData("/run/containerd/io", false)]
    public void The_volumes_of_pods_are_measured(string mount, bool isMeasured)
    {
        const string Option = "--collector.filesystem.mount-points-exclude=";
        var node = Kustomization.Resolve("k8s").Single(m => m is { Kind: "DaemonSet", Name: "node-exporter" });
        var excluded = node.Containers.Single().List("args").Texts().Single(a => a.StartsWith(Option, StringComparison.Ordinal))[Option.Length..];
        Assert.Equal(isMeasured, !Regex.IsMatch(mount, excluded));
    }

    /// <summary>A monitor with yesterday's password says that its server is down.</summary>
    [Fact]
    public async Task Everybody_who_reads_a_password_that_is_rotated_starts_again()
    {
        var (_, named) = await ExternalProgram.Bash.RunAsync("-c \"source deploy/scripts/lib/stack.sh; source deploy/scripts/lib/rotation.sh; echo $monitors_with_passwords; printf 'deployment/%s ' $deployments\"");
        var restarted = named.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var readers = Kustomization.Resolve("k8s").Where(m => m.Kind is "Deployment" or "StatefulSet" && m.Name is not ("nats" or "redis" or "timescaledb"))
            .Where(m => m.Containers.SelectMany(c => c.List("env")).Any(e => Regex.IsMatch(e.At("valueFrom/secretKeyRef")?.Text("key") ?? "", "^(POSTGRES|SCREENER|NATS|REDIS)")))
            .Select(m => $"{m.Kind.ToLowerInvariant()}/{m.Name}");
        Assert.Empty(readers.Except(restarted));
    }

    [Fact]
    public async Task A_full_folder_loses_its_oldest_backups_and_keeps_three()
    {
        var folder = Directory.CreateTempSubdirectory("screener-room-").FullName;
        try
        {
            for (var day = 1; day <= 5; day++)
                foreach (var ending in new[] { "", ".sha256" }) await File.WriteAllTextAsync(Path.Combine(folder, $"screener-2026010{day}T000000Z.tar{ending}"), new string('x', 4_096));
            var (exitCode, said) = await ExternalProgram.Bash.RunAsync("-c \"source deploy/scripts/backup.sh; df() { echo 1; }; make_room\"", environment: $"BACKUP_FOLDER={folder}");
            Assert.Equal(0, exitCode);
            Assert.Contains("only three backups are left", said, StringComparison.Ordinal);
            Assert.Equal(
                ["screener-20260103T000000Z.tar", "screener-20260104T000000Z.tar", "screener-20260105T000000Z.tar"],
                Directory.GetFiles(folder, "*.tar").Select(file => Path.GetFileName(file)).Order());
            (_, said) = await ExternalProgram.Bash.RunAsync("-c \"source deploy/scripts/backup.sh; df() { echo 1000000; }; make_room\"", environment: $"BACKUP_FOLDER={folder}");
            Assert.Equal("", said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
