using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>Whatever a document names is there, in every set that kubectl would apply together.</summary>
public sealed partial class KubernetesReferenceTests
{
    private static readonly string[] Left =
    [
        "Messaging__CaFile", "Storage__DiskBudgetGigabytes", "Telemetry__OtlpEndpoint", "__Simulated", "__RestUrl", "__StreamUrl", "Collector__TopByVolume",
        "Collector__BackfillHours", "Calculator__Lanes",
    ];

    public static TheoryData<string> Roots => Kustomization.Roots;

    [Fact]
    public void Every_file_below_k8s_parses_strictly_and_every_document_says_what_it_is()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("k8s"), "*.yaml", SearchOption.AllDirectories).ToList();
        Assert.True(files.Count > 20);
        foreach (var document in files.Where(f => !f.EndsWith("kustomization.yaml", StringComparison.Ordinal)).SelectMany(f => YamlText.Read(File.ReadAllText(f))))
        {
            Assert.NotEmpty(document.Text("apiVersion"));
            Assert.NotEmpty(document.Text("kind"));
            Assert.True(document.Text("kind") == "Namespace" || document["metadata"].Text("namespace").Length > 0, $"{document.Text("kind")} {document["metadata"].Text("name")} names no namespace");
        }
    }

    [Fact]
    public void Every_file_belongs_to_a_kustomization_and_what_they_name_is_there()
    {
        var named = Kustomization.All().SelectMany(k => k.Body.List("resources").Select(r => Kustomization.Join(k.Folder, r!.GetValue<string>()))).ToHashSet();
        var there = Directory.EnumerateFiles(Repository.PathOf("k8s"), "*.yaml", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("kustomization.yaml", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'));
        Assert.Empty(there.Except(named));
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public void No_document_stands_twice_and_every_reference_resolves(string root)
    {
        var all = Kustomization.Resolve(root);
        Assert.Empty(all.GroupBy(m => m.ToString()).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(all.SelectMany(manifest => Broken(manifest, all)));
    }

    [Fact]
    public void A_patch_has_a_target()
    {
        foreach (var (folder, body) in Kustomization.All())
        {
            var known = Kustomization.Resolve(body.Text("kind") == "Component" ? "k8s" : folder);
            foreach (var target in body.List("patches").Select(patch => patch?["target"]))
            {
                foreach (var name in target.Text("name").Split('|'))
                    Assert.True(known.Any(m => m.Kind == target.Text("kind") && (name.Length == 0 || m.Name == name)), $"{folder}: no {target.Text("kind")} '{name}' to patch");
            }
        }
    }

    /// <summary>What Compose tells a worker a cluster tells it too; what is left has a default that fits, and overlays set it.</summary>
    [Theory]
    [InlineData("data-collector")]
    [InlineData("metrics-calculator")]
    [InlineData("alert-engine")]
    [InlineData("alert-delivery")]
    [InlineData("api-gateway")]
    public void A_worker_is_told_in_a_cluster_what_it_is_told_by_compose(string worker)
    {
        var cluster = Kustomization.Resolve("k8s/base");
        var told = cluster.Single(m => m is { Kind: "Deployment" } && m.Name == worker).Containers.Single().List("env").Select(e => e.Text("name"))
            .Concat(cluster.Single(m => m.Name == "screener-settings").Body.Map("data").Select(setting => setting.Key));
        var left = ComposeFile.Services[worker].Map("environment").Select(setting => setting.Key).Except(told);
        Assert.DoesNotContain(left, name => !Left.Any(part => name.EndsWith(part, StringComparison.Ordinal)));
    }

    internal static IEnumerable<string> Broken(Manifest manifest, IReadOnlyList<Manifest> all)
    {
        var near = all.Where(m => m.Namespace == manifest.Namespace).ToList();
        var workloads = near.Where(m => m.IsWorkload).ToList();
        return (manifest.Kind switch
        {
            "Service" => BrokenService(manifest, workloads),
            "PodDisruptionBudget" => workloads.Exists(w => w.IsSelectedBy(manifest.Spec?["selector"])) ? [] : ["it protects nothing"],
            "HorizontalPodAutoscaler" or "ScaledObject" =>
                workloads.Exists(w => w.Name == manifest.Spec.At("scaleTargetRef").Text("name")) ? [] : ["it scales nothing"],
            "NetworkPolicy" => workloads.Exists(w => w.IsSelectedBy(manifest.Spec?["podSelector"])) ? [] : ["it is about no pod"],
            "ServiceMonitor" => near.Exists(m => m.Kind == "Service" && Selects(manifest, m)) ? [] : ["it monitors no service"],
            "Ingress" => manifest.Spec.Texts().Any() && BackendsOf(manifest).All(b => HasPort(near, b.Name, b.Port)) ? [] : ["its backend is not there"],
            _ when manifest.IsWorkload => BrokenWorkload(manifest, near),
            _ => Array.Empty<string>(),
        }).Select(what => $"{manifest}: {what}");
    }

    private static IEnumerable<string> BrokenService(Manifest service, List<Manifest> workloads)
    {
        var selected = workloads.Where(w => w.IsSelectedBy(new JsonObject { ["matchLabels"] = service.Spec?["selector"]?.DeepClone() })).ToList();
        if (selected.Count == 0) return ["it selects no pod"];
        return service.Spec.List("ports").Where(p => selected.Exists(w => w.Ports.GetValueOrDefault(p.Text("targetPort")) != p.Text("port")))
            .Select(p => $"its port {p.Text("port")} is not the container port '{p.Text("targetPort")}'");
    }

    private static bool Selects(Manifest monitor, Manifest service) =>
        Manifest.LabelsOf(monitor.Spec.At("selector/matchLabels")).All(l => service.Body.At("metadata/labels").Text(l.Key) == l.Value)
        && monitor.Spec.List("endpoints").All(e => service.Spec.List("ports").Any(p => p.Text("name") == e.Text("port")));

    private static IEnumerable<(string Name, string Port)> BackendsOf(Manifest ingress) => ingress.Spec.List("rules")
        .SelectMany(r => r.At("http").List("paths")).Select(p => p.At("backend/service")).Select(s => (s.Text("name"), s.At("port").Text("name")));

    private static bool HasPort(List<Manifest> near, string service, string port) =>
        near.Exists(m => m.Kind == "Service" && m.Name == service && m.Spec.List("ports").Any(p => p.Text("name") == port || p.Text("port") == port));

    private static IEnumerable<string> BrokenWorkload(Manifest workload, List<Manifest> near)
    {
        if (workload.Kind != "CronJob" && !workload.IsSelectedBy(workload.Spec?["selector"])) yield return "its selector does not match its own pods";
        var volumes = workload.Pod.List("volumes").Concat(workload.Spec.List("volumeClaimTemplates").Select(c => c?["metadata"])).Select(v => v.Text("name")).ToHashSet();
        foreach (var mount in workload.Containers.SelectMany(c => c.List("volumeMounts")).Where(m => !volumes.Contains(m.Text("name"))))
            yield return $"no volume '{mount.Text("name")}'";
        foreach (var (kind, name, key) in References(workload))
        {
            var found = near.Find(m => m.Kind == kind && m.Name == name);
            if (found is null) yield return $"no {kind} '{name}'";
            else if (key.Length > 0 && !found.Body.Map("data").ContainsKey(key)) yield return $"{kind} '{name}' has no '{key}'";
        }

        foreach (var (host, port) in workload.Containers.SelectMany(c => c.List("env").Concat(c.List("args"))).SelectMany(e => e.Texts()).SelectMany(Addresses))
            if (!HasPort(near, host, port)) yield return $"no service answers at {host}:{port}";
    }

    private static IEnumerable<(string Kind, string Name, string Key)> References(Manifest workload)
    {
        foreach (var reference in workload.Containers.SelectMany(c => c.List("envFrom")))
            yield return ("ConfigMap", reference.At("configMapRef").Text("name"), "");
        foreach (var source in workload.Containers.SelectMany(c => c.List("env")).Select(e => e?["valueFrom"]))
        {
            var isOptional = source.Texts().Contains("true");
            if (source?["secretKeyRef"] is { } secret) yield return ("Secret", secret.Text("name"), isOptional ? "" : secret.Text("key"));
            if (source?["configMapKeyRef"] is { } map) yield return ("ConfigMap", map.Text("name"), isOptional ? "" : map.Text("key"));
        }

        foreach (var volume in workload.Pod.List("volumes"))
        {
            var subPaths = workload.Containers.SelectMany(c => c.List("volumeMounts")).Where(m => m.Text("name") == volume.Text("name")).Select(m => m.Text("subPath"));
            if (volume?["configMap"] is { } map && map.Text("optional") != "true") foreach (var key in subPaths) yield return ("ConfigMap", map.Text("name"), key);
            if (volume?["persistentVolumeClaim"] is { } claim) yield return ("PersistentVolumeClaim", claim.Text("claimName"), "");
        }
    }

    /// <summary>Servers named in settings: <c>redis:6379</c>, <c>nats://nats-0.nats:4222</c>, <c>Host=timescaledb;Port=5432</c>.</summary>
    private static IEnumerable<(string Host, string Port)> Addresses(string text) => Address().Matches(text)
        .Select(m => (m.Groups["host"].Value, m.Groups["port"].Value)).Where(a => a.Item1 is not ("127.0.0.1" or "0.0.0.0"));

    [GeneratedRegex(@"(?:^|[/@,]|//)(?:nats-\d\.)?(?<host>[a-z][a-z0-9-]*):(?<port>\d{2,5})\b|Host=(?<host>[^;]+);Port=(?<port>\d+)")]
    private static partial Regex Address();
}
