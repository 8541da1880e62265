using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The restore that docs/backup.md has for a cluster: what it names is there, and nothing starts it by itself.</summary>
public sealed partial class KubernetesRestoreTests
{
    private static readonly IReadOnlyList<Manifest> Base = Kustomization.Resolve("k8s/base");
    private static readonly Manifest Restore = Base.Single(m => m is { Kind: "CronJob", Name: "restore" });
    private static readonly string Procedure = File.ReadAllText(Repository.PathOf("docs", "backup.md")).Split("## In a cluster")[1];

    [Fact]
    public void It_runs_only_when_somebody_asks_and_is_not_tried_again_by_itself()
    {
        Assert.Equal("true", Restore.Spec.Text("suspend"));
        Assert.Equal("0", Restore.Spec.At("jobTemplate/spec").Text("backoffLimit"));
        Assert.Contains("create job --from=cronjob/restore restore-now", Procedure, StringComparison.Ordinal);
    }

    /// <summary>A container that is started again in its pod takes the pod with it at the last failure, and what it said.</summary>
    [Theory]
    [InlineData("backup"), InlineData("backup-verify"), InlineData("restore")]
    public void The_log_of_a_failed_job_can_be_read(string job) => Assert.Equal("Never", Base.Single(m => m.Kind == "CronJob" && m.Name == job).Pod.Text("restartPolicy"));

    [Fact]
    public void It_reads_what_the_backup_wrote_as_the_superuser_for_the_role_of_the_workers()
    {
        var backup = Settings(Base.Single(m => m is { Kind: "CronJob", Name: "backup" }));
        var restore = Settings(Restore);
        // Where everything is, and what opens it.
        foreach (var name in new[] { "BACKUP_FOLDER", "BACKUP_PASSPHRASE", "PGHOST", "PGDATABASE", "NATS_URL", "NATS_USER", "NATS_PASSWORD", "REDIS_PASSWORD", "REDIS" })
            Assert.Equal(backup[name], restore[name]);
        Assert.Equal(("yes", "screener", "postgres"), (restore["RESTORE"], restore["RESTORE_ROLE"], restore["PGUSER"]));
        Assert.Equal("crypto-secrets POSTGRES_PASSWORD", restore["PGPASSWORD"]);
    }

    [Fact]
    public void Every_worker_is_stopped_before_and_waited_for()
    {
        var workers = Base.Where(m => m.Kind == "Deployment").ToList();
        var named = Procedure.Split("workers='")[1].Split('\'')[0].Split(' ');
        Assert.Equal(workers.Select(worker => $"deployment/{worker.Name}").Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        var waitedFor = WaitedFor().Match(Procedure).Groups[1].Value.Split(", ");
        Assert.Equal(workers.Select(worker => worker.PodLabels["app.kubernetes.io/name"]).Order(StringComparer.Ordinal), waitedFor.Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Settings(Manifest job) => job.Containers.Single().List("env").ToDictionary(
        setting => setting.Text("name"),
        setting => setting?["valueFrom"]?["secretKeyRef"] is { } secret ? $"{secret.Text("name")} {secret.Text("key")}" : setting.Text("value"));

    [GeneratedRegex(@"app\.kubernetes\.io/name in \(([^)]*)\)")]
    private static partial Regex WaitedFor();
}
