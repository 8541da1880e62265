using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>Stage 6 of <c>prod-check.sh</c> with a Docker, or a Prometheus, that only tells what runs: as many as were asked for.</summary>
public sealed class ReplicaCheckTests : IDisposable
{
    private const string Whole = "data-collector data-collector metrics-calculator metrics-calculator alert-engine alert-engine alert-delivery alert-delivery api-gateway";

    private readonly string _folder = Directory.CreateTempSubdirectory("screener-replicas-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task As_many_processes_as_were_asked_for_pass()
    {
        Assert.StartsWith("PASS", await CheckAsync("2", Whole), StringComparison.Ordinal);
        Assert.StartsWith("PASS", await CheckAsync("", string.Join(' ', Whole.Split(' ').Distinct())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", "metrics-calculator", "fail metrics-calculator: 1 of 2 processes are healthy → docker compose ps -a metrics-calculator")]
    [InlineData("2", "api-gateway", "fail api-gateway: 0 of 1 processes are healthy")]
    [InlineData("3", "", "fail alert-delivery: 2 of 3 processes are healthy")]
    public async Task One_that_is_missing_fails_with_what_to_do(string asked, string missing, string finding)
    {
        var running = Whole.Split(' ').ToList();
        running.Remove(missing);
        var said = await CheckAsync(asked, string.Join(' ', running));
        Assert.StartsWith("FAIL", said, StringComparison.Ordinal);
        Assert.Contains(finding, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_runs_and_is_not_healthy_is_missing() =>
        Assert.Contains("alert-engine: 2 of 3 processes are healthy", await CheckAsync("3", Whole, "alert-engine running unhealthy"), StringComparison.Ordinal);

    [Fact]
    public async Task More_than_were_asked_for_are_a_warning() =>
        Assert.Contains("warn alert-engine: 2 processes run, asked for are 1 → make scale workers=2", await CheckAsync("1", Whole), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"data":{"result":[{"metric":{"deployment":"alert-engine"},"value":[1,"1"]}]}}""", "FAIL fail alert-engine: 1 of its processes are missing → kubectl -n crypto-screener get deployment,pods")]
    [InlineData("""{"data":{"result":[]}}""", "PASS")]
    public async Task In_a_cluster_Prometheus_is_asked(string answer, string said) =>
        Assert.StartsWith(said, await SayAsync("addresses", "", $"get() {{ echo '{answer}'; }}; PROMETHEUS_URL=x; as_many_as_the_cluster_wants"), StringComparison.Ordinal);

    /// <returns>The verdict and the findings.</returns>
    private Task<string> CheckAsync(string replicas, string healthy, string further = "") =>
        SayAsync("compose", $"WORKER_REPLICAS={replicas}\n", $"compose() {{ printf '%s running healthy\\n' {healthy}; echo '{further}'; }}; as_many_as_asked");

    private async Task<string> SayAsync(string stack, string settings, string commands)
    {
        var file = Path.Combine(_folder, ".env");
        await File.WriteAllTextAsync(file, settings);
        var check = Path.Combine(_folder, "check.sh");
        await File.WriteAllTextAsync(check, $$"""
            for part in lib/common lib/stack lib/report checks/6-health; do source deploy/scripts/$part.sh; done
            {{commands}}
            echo $verdict ${findings[*]}
            """);
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync(check, environment: $"STACK={stack} ENV_FILE={file}");
        Assert.True(exitCode == 0, output);
        return output;
    }
}
