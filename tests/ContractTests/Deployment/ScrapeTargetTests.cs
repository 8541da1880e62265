using System.Text.Json.Nodes;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>What Prometheus is told to scrape is there, in Compose and in a cluster.</summary>
public sealed class ScrapeTargetTests
{
    /// <summary>Ports that images of others serve; ours are compared in <see cref="ServedPortTests"/>.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["node-exporter"] = "9100",
        ["postgres-exporter"] = "9187",
        ["redis-exporter"] = "9121",
        ["nats-exporter"] = "7777",
        ["alertmanager"] = "9093",
        ["grafana"] = "3000",
        ["localhost"] = "9090",
        ["data-collector"] = "9090",
        ["metrics-calculator"] = "9091",
        ["alert-engine"] = "9092",
        ["alert-delivery"] = "9092",
        ["api-gateway"] = "9093",
    };

    [Fact]
    public void In_compose_every_target_is_a_service_on_a_network_of_Prometheus()
    {
        var ours = ComposeFile.Services["prometheus"].List("networks").Texts().ToHashSet();
        foreach (var (host, port) in Targets(YamlText.ReadFile("deploy/prometheus/prometheus.yml").Single()))
        {
            Assert.Equal(Known[host], port);
            if (host == "localhost") continue;
            Assert.True(ComposeFile.Services.TryGetValue(host, out var service), $"{host} is no service");
            Assert.True(ours.Overlaps(service.List("networks").Texts()), $"Prometheus shares no network with {host}");
        }
    }

    [Fact]
    public void In_a_cluster_every_target_is_a_service_with_that_port_that_a_policy_lets_Prometheus_reach()
    {
        var all = Kustomization.Resolve("k8s");
        var configuration = YamlText.Read(all.Single(m => m.Name == "prometheus-config").Body.Map("data").Text("prometheus.yml")).Single();
        foreach (var (host, port) in Targets(configuration).Where(t => t.Host != "localhost"))
        {
            var service = all.SingleOrDefault(m => m.Kind == "Service" && m.Name == host.Split('.')[0]);
            Assert.True(service is not null, $"{host} is no service");
            Assert.Contains(port, service.Spec.List("ports").Select(p => p.Text("port")));
            var pods = all.Single(m => m.IsWorkload && m.IsSelectedBy(new JsonObject { ["matchLabels"] = service.Spec!["selector"]!.DeepClone() }));
            Assert.Contains(all, policy => policy.Kind == "NetworkPolicy" && policy.Namespace == pods.Namespace && pods.IsSelectedBy(policy.Spec?["podSelector"])
                && policy.Spec.List("ingress").Any(i => i.List("from").Texts().Contains("prometheus") && i.List("ports").Any(p => Lets(p, port))));
        }
    }

    private static bool Lets(JsonNode? allowed, string port)
    {
        static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var last = allowed.Text("endPort") is { Length: > 0 } end ? end : allowed.Text("port");
        return Number(port) >= Number(allowed.Text("port")) && Number(port) <= Number(last);
    }

    private static IEnumerable<(string Host, string Port)> Targets(JsonNode configuration) => configuration.List("scrape_configs").SelectMany(job =>
        job.List("static_configs").SelectMany(c => c.List("targets")).EachText().Select(t => (t.Split(':')[0], t.Split(':')[1]))
            .Concat(job.List("dns_sd_configs").SelectMany(c => c.List("names").Texts().Select(name => (name, c.Text("port"))))));
}
