using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Logging;
using CryptoScreener.Testing;
using Serilog.Events;
using Serilog.Parsing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The profile <c>logs</c>: a line finds its way to Loki and a span to Tempo, and Grafana leads from one to the other.</summary>
public sealed class LogsAndTracesTests
{
    private static readonly Dictionary<string, JsonNode> Sources = Directory
        .GetFiles(Repository.PathOf("deploy", "grafana", "provisioning", "datasources"), "*.yml")
        .SelectMany(file => YamlText.Read(File.ReadAllText(file)).Single().List("datasources")).ToDictionary(source => source.Text("uid"), source => source!);

    private static readonly JsonNode Grafana = ComposeFile.Services["grafana"];

    [Theory]
    [InlineData("screener-prometheus", "prometheus", "9090")]
    [InlineData("screener-logs", "loki", "3100")]
    [InlineData("screener-traces", "tempo", "3200")]
    public void Grafana_reaches_each_source_where_compose_has_it(string uid, string service, string port)
    {
        var setting = Sources[uid].Text("url").Trim('$', '{', '}');
        Assert.Equal($"http://{service}:{port}", Grafana["environment"].Text(setting));
        Assert.True(HaveANetworkInCommon(service, "grafana"), $"Grafana shares no network with {service}");
    }

    [Fact]
    public void Loki_and_Tempo_listen_where_they_are_looked_for()
    {
        Assert.Equal("3100", YamlText.ReadFile("deploy/docker/loki.yml").Single().At("server").Text("http_listen_port"));
        var tempo = YamlText.ReadFile("deploy/docker/tempo.yml").Single();
        Assert.Equal("3200", tempo.At("server").Text("http_listen_port"));
        Assert.Equal("0.0.0.0:4317", tempo.At("distributor/receivers/otlp/protocols/grpc").Text("endpoint"));
    }

    [Fact]
    public void Every_worker_reaches_Tempo_and_takes_its_address_from_one_setting()
    {
        foreach (var (name, service) in ComposeFile.Services.Where(s => s.Value["environment"]?["Messaging__Username"] is not null))
        {
            Assert.Equal("${OTLP_ENDPOINT:-}", service["environment"].Text("Telemetry__OtlpEndpoint"));
            Assert.True(HaveANetworkInCommon(name, "tempo"), $"{name} shares no network with Tempo");
        }
    }

    [Fact]
    public void The_collector_of_logs_reads_this_project_and_writes_to_Loki()
    {
        var alloy = File.ReadAllText(Repository.PathOf("deploy", "docker", "config.alloy"));
        Assert.Contains("http://loki:3100/loki/api/v1/push", alloy, StringComparison.Ordinal);
        Assert.True(HaveANetworkInCommon("alloy", "loki"));
        var (_, named) = Assert.Single(Regex.Matches(alloy, @"sys\.env\(""(\w+)""\)").Select(match => (match.Value, match.Groups[1].Value)));
        Assert.NotEqual("", ComposeFile.Services["alloy"]["environment"].Text(named));
        Assert.Contains(ComposeFile.Services["alloy"].List("volumes").Texts(), volume => volume.StartsWith("/var/run/docker.sock:", StringComparison.Ordinal));
    }

    [Fact]
    public void From_a_line_of_a_worker_the_trace_is_found()
    {
        var id = ActivityTraceId.CreateRandom();
        using var line = new StringWriter();
        new JsonLogFormatter(new WorkerIdentity("alert-engine", "pod-7", "1.0.0", UpstreamPackages: false)).Format(
            new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Information, null, new MessageTemplateParser().Parse("Sent"), [], id, ActivitySpanId.CreateRandom()), line);

        var link = Assert.Single(Sources["screener-logs"].At("jsonData").List("derivedFields"));
        Assert.Equal(id.ToHexString(), Regex.Match(line.ToString(), link.Text("matcherRegex")).Groups[1].Value);
        Assert.Equal("tempo", Sources[link.Text("datasourceUid")].Text("type"));
        Assert.Equal("$${__value.raw}", link.Text("url"));
    }

    [Fact]
    public void From_a_span_its_lines_and_from_a_latency_its_trace_are_found()
    {
        var toLogs = Sources["screener-traces"].At("jsonData/tracesToLogsV2");
        Assert.Equal("loki", Sources[toLogs.Text("datasourceUid")].Text("type"));
        // The label that the collector of logs gives, and the field that a line has.
        Assert.Equal("{service=~\".+\"} | json | trace_id=\"$${__trace.traceId}\"", toLogs.Text("query"));
        Assert.Equal("true", toLogs.Text("customQuery"));

        var exemplar = Assert.Single(Sources["screener-prometheus"].At("jsonData").List("exemplarTraceIdDestinations"));
        Assert.Equal("trace_id", exemplar.Text("name"));
        Assert.Equal("tempo", Sources[exemplar.Text("datasourceUid")].Text("type"));
    }

    private static bool HaveANetworkInCommon(string one, string other) =>
        ComposeFile.Services[one].List("networks").Texts().Intersect(ComposeFile.Services[other].List("networks").Texts()).Any();
}
