using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>The rules for the Prometheus operator are evaluated by the Prometheus of a whole cluster, which knows other people's servers too.</summary>
public sealed class ClusterRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("other", "")]
    [InlineData("crypto-screener", "PostgresDown RedisDown NatsDown ScrapeFailing ServiceDown RuleEvaluationFailing RedisMemoryHigh HighDatabaseConnections SlowQueries")]
    public async Task Only_what_is_ours_is_told_of(string ns, string alerts)
    {
        string[] series =
        [
            Down("pg_up", ns), Down("redis_up", ns), Down("up", ns, ",job=\"postgres\""), Down("up", ns, ",job=\"redis\""), Down("up", ns, ",job=\"nats\""),
            Down("up", ns, ",job=\"somebody\""), Down("up", ns, ",job=\"api-gateway\""),
            Steady("redis_memory_used_bytes", ns, "99"), Steady("redis_memory_max_bytes", ns, "100"),
            Steady("pg_stat_database_numbackends", ns, "99"), Steady("pg_settings_max_connections", ns, "100"),
            $"{{series: 'pg_stat_activity_max_tx_duration{{namespace=\"{ns}\",state=\"active\",backend_type=\"client backend\"}}', values: '500x60'}}",
            $"{{series: 'prometheus_rule_evaluation_failures_total{{rule_group=\"/etc/{ns}-rules.yaml;database\"}}', values: '0+1x60'}}",
        ];
        var expected = alerts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{{labels: '{{alertname=\"{name}\"}}', value: 1}}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yml"), Rules());
        await File.WriteAllTextAsync(Path.Combine(_folder, "test.yml"), $$"""
            rule_files: [rules.yml]
            evaluation_interval: 15s
            tests:
              - interval: 15s
                input_series: [{{string.Join(", ", series)}}]
                promql_expr_test:
                  - expr: count by (alertname) (count by (alertname, severity) (ALERTS{alertstate="firing", alertname!~"Watchdog|WorkerUnknown|NoWorkersAvailable"}))
                    eval_time: 10m
                    exp_samples: [{{string.Join(", ", expected)}}]
            """);

        var (exitCode, output) = await ExternalProgram.Promtool.RunAsync($"test rules {_folder}/test.yml");

        Assert.True(exitCode == 0, output);
    }

    private static string Down(string metric, string ns, string more = "") => $"{{series: '{metric}{{namespace=\"{ns}\"{more}}}', values: '0x60'}}";

    private static string Steady(string metric, string ns, string value) => $"{{series: '{metric}{{namespace=\"{ns}\"}}', values: '{value}x60'}}";

    /// <summary>What the operator gives to Prometheus: the groups alone.</summary>
    private static string Rules() =>
        File.ReadAllText(Repository.PathOf("k8s", "components", "operator", "prometheus-rules.yaml")).Split("\nspec:\n")[1].Replace("\n  ", "\n", StringComparison.Ordinal)[2..];
}
