using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>docker-compose.yml is whole in itself, and keeps to what docs/SECURITY.md promises.</summary>
public sealed partial class ComposeTests
{
    /// <summary>Its image has nothing that could ask it; Prometheus does.</summary>
    private static readonly string[] Unasked = ["redis-exporter"];

    /// <summary>The database's image begins as root and needs some of it to become its own user.</summary>
    private static readonly string[] Unconfined = ["timescaledb"];

    public static TheoryData<string> Names => [.. ComposeFile.Services.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_service_names_only_what_is_there(string name)
    {
        var service = ComposeFile.Services[name];
        foreach (var (server, how) in DependenciesOf(service))
        {
            Assert.True(ComposeFile.Services.ContainsKey(server), $"{name} waits for {server}, which is not there");
            Assert.True(how != "service_healthy" || ComposeFile.Services[server]["healthcheck"]?["test"] is not null, $"{name} waits for the health of {server}, which has no check");
        }

        Assert.Empty(service.List("networks").Texts().Except(ComposeFile.Root.Map("networks").Select(n => n.Key)));
        foreach (var source in service.List("volumes").Texts().Select(v => Default().Replace(v, "$1").Split(':')[0]))
        {
            var isThere = source.StartsWith('.') ? Path.Exists(Repository.PathOf(source.Split('/'))) : source.StartsWith('/') || ComposeFile.Root.Map("volumes").ContainsKey(source);
            Assert.True(isThere, $"{name} mounts {source}, which is not there");
        }
    }

    /// <summary>The engine makes the folder that a mount needs, and inside one that is read-only it cannot.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_mounted_where_a_read_only_mount_has_no_folder_for_it(string name)
    {
        var mounts = ComposeFile.Services[name].List("volumes").Texts().Select(v => Default().Replace(v, "$1").Split(':')).ToList();
        foreach (var outer in mounts.Where(mount => mount[^1].StartsWith("ro", StringComparison.Ordinal)))
            foreach (var inner in mounts.Where(mount => mount[1].StartsWith(outer[1].TrimEnd('/') + "/", StringComparison.Ordinal)))
                Assert.True(Path.Exists(Path.Combine(Repository.PathOf(outer[0].Split('/')), inner[1][(outer[1].Length + 1)..])), $"{name}: {inner[1]} lies in {outer[1]}, which is read-only and does not have it");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_service_is_limited_restarted_watched_and_pinned(string name)
    {
        var service = ComposeFile.Services[name];
        Assert.NotEmpty(service.At("deploy/resources/limits").Text("memory"));
        Assert.NotEmpty(service.At("deploy/resources/limits").Text("cpus"));
        Assert.Equal("unless-stopped", service.Text("restart"));
        Assert.Equal("10m", service.At("logging/options").Text("max-size"));
        Assert.True(service["healthcheck"]?["test"] is not null || Unasked.Contains(name), $"{name} has no check of its health");
        Assert.Null(service["healthcheck"]?["disable"]); // docker compose up --wait fails for one that is disabled
        Assert.Contains("no-new-privileges:true", service.List("security_opt").Texts());
        Assert.Matches(@"^[a-z0-9./_-]+:(v?\d+\.\d+|\$\{SCREENER_VERSION:-\d)", service.Text("image"));
        if (Unconfined.Contains(name)) return;
        Assert.Equal("true", service.Text("read_only"));
        Assert.Equal(["ALL"], service.List("cap_drop").Texts());
    }

    [Fact]
    public void Only_the_gateway_is_published_beyond_this_machine_and_no_port_twice()
    {
        var published = ComposeFile.Services.SelectMany(s => s.Value.List("ports").Texts().Select(port => (Service: s.Key, Port: port))).ToList();
        Assert.Equal(["api-gateway"], published.Where(p => !p.Port.StartsWith("127.0.0.1:", StringComparison.Ordinal)).Select(p => p.Service));
        var onHost = published.Select(p => Default().Replace(p.Port, "$1").Split(':')[1]).ToList();
        Assert.Equal(onHost.Distinct(), onHost);
        Assert.Empty(new[] { "8080", "9090", "9091", "9092", "9093", "3001", "9098", "9099" }.Except(onHost));
    }

    [Fact]
    public void Edge_bus_and_data_are_separate_and_the_engine_has_no_way_out()
    {
        foreach (var network in new[] { "bus", "data", "monitors" }) Assert.Equal("true", ComposeFile.Root.At($"networks/{network}").Text("internal"));
        string[] NetworksOf(string service) => [.. ComposeFile.Services[service].List("networks").Texts()];

        Assert.Equal(["bus"], NetworksOf("nats"));
        Assert.Equal(["data"], NetworksOf("timescaledb"));
        Assert.Equal(["data"], NetworksOf("redis"));
        Assert.Equal(["alert-delivery", "alertmanager", "data-collector"], ComposeFile.Services.Keys.Where(s => NetworksOf(s).Contains("internet")).Order());
        foreach (var network in new[] { "operations", "edge" })
            Assert.Equal("false", ComposeFile.Root.At($"networks/{network}/driver_opts").Text("com.docker.network.bridge.enable_ip_masquerade"));
    }

    [Theory]
    [InlineData(".env.example")]
    [InlineData(".env.production.example")]
    public void An_example_file_has_every_name_and_no_secret(string file)
    {
        var values = ComposeFile.Environment(file);
        Assert.Empty(ComposeFile.Variables.Except(values.Keys));
        // WORKER_REPLICAS is for scaled.yml, the route's password for the cluster.
        Assert.Equal(["NATS_CLUSTER_PASSWORD", "WORKER_REPLICAS"], values.Keys.Except(ComposeFile.Variables).Order());
        Assert.All(values.Where(v => SecretName().IsMatch(v.Key)), v => Assert.Equal("", v.Value));
    }

    [Fact]
    public void A_secret_has_no_default_and_its_absence_says_what_to_do()
    {
        var lines = ComposeFile.Text.Split('\n').Where(line => line.Contains("PASSWORD", StringComparison.Ordinal) && line.Contains("${", StringComparison.Ordinal));
        Assert.All(lines.Where(line => !line.Contains("SMTP_", StringComparison.Ordinal)), line => Assert.Contains(":?run make secrets first}", line, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Server, string How)> DependenciesOf(JsonNode service) =>
        (service["depends_on"] as JsonObject ?? []).Select(d => (d.Key, d.Value.Text("condition")));

    [GeneratedRegex(@"\$\{[A-Z0-9_]+:-([^}]*)\}")]
    private static partial Regex Default();

    [GeneratedRegex("PASSWORD|TOKEN|PASSPHRASE|SECRET|INTEGRATION_KEY")]
    private static partial Regex SecretName();

    /// <summary>The settings that make secrets copies by itself are of a simulated market, which needs the simulator.</summary>
    [Theory]
    [InlineData("docker-compose.yml"), InlineData("docs/MONITORING.md")]
    public void Whoever_follows_the_quick_start_has_a_market(string file)
    {
        Assert.Contains("EXCHANGE_SIMULATED=true", File.ReadLines(Repository.PathOf(".env.example")));
        Assert.Contains("EXCHANGE_SIMULATED=false", File.ReadLines(Repository.PathOf(".env.production.example")));
        var commands = File.ReadLines(Repository.PathOf(file.Split('/'))).Select(line => line.TrimStart('#', ' '))
            .Where(line => line.Contains("make secrets  ", StringComparison.Ordinal) || line.StartsWith("docker compose ", StringComparison.Ordinal) && line.Contains(" up -d", StringComparison.Ordinal)).ToList();
        var simulated = commands.FindIndex(line => line.StartsWith("make secrets", StringComparison.Ordinal));
        if (simulated >= 0 && commands[simulated + 1].StartsWith("docker", StringComparison.Ordinal)) Assert.Contains("--profile demo", commands[simulated + 1], StringComparison.Ordinal);
        Assert.Contains(commands, line => line.StartsWith("SECRETS_TEMPLATE=.env.production.example make secrets", StringComparison.Ordinal));
    }
}
