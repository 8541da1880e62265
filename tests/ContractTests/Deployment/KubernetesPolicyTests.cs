namespace CryptoScreener.ContractTests.Deployment;

/// <summary>What every pod keeps to, ours and others'.</summary>
public sealed class KubernetesPolicyTests
{
    private static readonly List<Manifest> Workloads = [.. Kustomization.Resolve("k8s/overlays/dev").Where(m => m.IsWorkload)];

    public static TheoryData<string> Names => [.. Workloads.Select(m => m.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pod_is_restricted(string name)
    {
        var pod = Workloads.Single(m => m.ToString() == name).Pod;

        Assert.Equal("true", pod.At("securityContext").Text("runAsNonRoot"));
        Assert.NotEqual("0", pod.At("securityContext").Text("runAsUser"));
        Assert.Equal("RuntimeDefault", pod.At("securityContext/seccompProfile").Text("type"));
        // The one that asks the cluster about its pods.
        Assert.Equal(name.EndsWith("/kube-state-metrics", StringComparison.Ordinal) ? "true" : "false", pod.Text("automountServiceAccountToken"));
        Assert.Equal("", pod.Text("hostNetwork") + pod.Text("hostPID") + pod.Text("hostIPC"));
        Assert.All(pod.List("containers"), container =>
        {
            Assert.Equal("false", container.At("securityContext").Text("allowPrivilegeEscalation"));
            Assert.Equal("true", container.At("securityContext").Text("readOnlyRootFilesystem"));
            Assert.Equal(["ALL"], container.At("securityContext/capabilities/drop").Texts());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_container_has_requests_limits_and_a_pinned_image(string name) => Assert.All(Workloads.Single(m => m.ToString() == name).Containers, container =>
    {
        foreach (var kind in new[] { "requests", "limits" })
            foreach (var resource in new[] { "cpu", "memory" })
                Assert.NotEmpty(container.At($"resources/{kind}").Text(resource));
        Assert.Matches(@"^[^:]+:v?\d+\.\d+", container.Text("image"));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void What_runs_for_ever_has_all_three_probes_on_ports_that_it_has(string name)
    {
        var workload = Workloads.Single(m => m.ToString() == name);
        if (workload.Kind == "CronJob") return; // it ends, and its exit code says how
        Assert.All(workload.Containers, container =>
        {
            foreach (var kind in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
            {
                var probe = container[kind];
                Assert.NotNull(probe);
                if ((probe["httpGet"] ?? probe["tcpSocket"]) is { } asked) Assert.Contains(asked.Text("port"), workload.Ports.Keys);
            }
        });
    }

    [Fact]
    public void Only_the_collector_the_delivery_and_the_notifications_of_operators_reach_the_internet_and_never_a_private_network()
    {
        var internet = Workloads.Where(w => w.PodLabels.ContainsKey("crypto-screener/internet")).Select(w => w.Name);
        Assert.Equal(["alert-delivery", "alertmanager", "data-collector"], internet.Order());

        var policies = Kustomization.Resolve("k8s").Where(m => m.Kind == "NetworkPolicy").ToList();
        var open = policies.Where(p => p.Spec.List("egress").SelectMany(e => e.List("to")).Any(to => to?["ipBlock"] is not null)).ToList();
        Assert.Equal(["internet"], open.Select(p => p.Name));
        string[] closed = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7"];
        Assert.Empty(closed.Except(open[0].Spec.Texts()));
        Assert.Contains(policies, p => p.Name == "default-deny" && p.Spec.Map("podSelector").Count == 0 && p.Spec.List("policyTypes").Count == 2);
    }

    [Fact]
    public void Workers_that_share_partitions_survive_the_loss_of_one_and_never_are_more_than_partitions()
    {
        var all = Kustomization.Resolve("k8s");
        foreach (var service in new[] { "data-collector", "metrics-calculator", "alert-engine", "api-gateway" })
        {
            var scaler = all.SingleOrDefault(m => m.Kind == "HorizontalPodAutoscaler" && m.Name == service);
            var deployment = all.Single(m => m.Kind == "Deployment" && m.Name == service);
            Assert.True(Number(scaler?.Spec.Text("minReplicas") ?? deployment.Spec.Text("replicas")) >= 2);
            Assert.True(scaler is null || Number(scaler.Spec.Text("maxReplicas")) <= Contracts.Bus.Partitioning.DefaultCount);
            Assert.True(scaler is null || deployment.Spec.Text("replicas").Length == 0, $"{service}: its number would be reset at every apply");
            Assert.Contains(all, m => m.Kind == "PodDisruptionBudget" && m.Name == service);
            Assert.NotEmpty(deployment.Pod.List("topologySpreadConstraints"));
        }
    }

    /// <summary>Otherwise all callers are one address, and share what one may do.</summary>
    [Theory]
    [MemberData(nameof(Kustomization.Roots), MemberType = typeof(Kustomization))]
    public void Behind_an_ingress_the_gateway_knows_whom_to_believe_who_calls(string root)
    {
        var all = Kustomization.Resolve(root);
        Assert.Contains(all, m => m.Kind == "Ingress");
        var trusted = all.Single(m => m is { Kind: "ConfigMap", Name: "screener-settings" }).Body.Map("data").Text("Edge__TrustedProxies__0");
        Assert.True(System.Net.IPNetwork.TryParse(trusted, out var network) && network.PrefixLength >= 8, $"'{trusted}' is no network");
        var gateway = all.Single(m => m is { Kind: "Deployment", Name: "api-gateway" }).Containers.Single();
        Assert.Contains("screener-settings", gateway.List("envFrom").Select(from => from.At("configMapRef").Text("name")));
    }

    [Fact]
    public void Who_installs_in_a_cluster_is_told_to_name_the_network_of_the_ingress()
    {
        var ours = Testing.Repository.PathOf("k8s", "overlays", "production", "kustomization.yaml");
        Assert.Contains("path: /data/Edge__TrustedProxies__0", File.ReadAllText(ours), StringComparison.Ordinal);
        var guide = File.ReadAllText(Testing.Repository.PathOf("docs", "INSTALLATION.md")).Split("\n## ").Single(section => section.StartsWith("Kubernetes", StringComparison.Ordinal));
        Assert.Contains("Edge__TrustedProxies__0", guide, StringComparison.Ordinal);
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
