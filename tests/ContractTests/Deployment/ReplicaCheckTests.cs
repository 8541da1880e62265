using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>Stage 6 of <c>prod-check.sh</c> with a Docker that only lists containers: as many run as <c>make scale</c> asked for.</summary>
public sealed class ReplicaCheckTests : IDisposable
{
    private const string Whole = "data-collector data-collector metrics-calculator metrics-calculator alert-engine alert-engine alert-delivery alert-delivery api-gateway";
    private static readonly ExternalProgram Bash = new("bash", "bash");

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

    /// <returns>The verdict and the findings.</returns>
    private async Task<string> CheckAsync(string replicas, string healthy, string further = "")
    {
        var settings = Path.Combine(_folder, ".env");
        await File.WriteAllTextAsync(settings, $"WORKER_REPLICAS={replicas}\n");
        var check = Path.Combine(_folder, "check.sh");
        await File.WriteAllTextAsync(check, $$"""
            for part in lib/common lib/stack lib/report checks/6-health; do source deploy/scripts/$part.sh; done
            compose() { printf '%s running healthy\n' {{healthy}}; echo '{{further}}'; }
            as_many_as_asked
            echo $verdict ${findings[*]}
            """);
        var (exitCode, output) = await Bash.RunAsync(check, environment: $"STACK=compose ENV_FILE={settings}");
        Assert.True(exitCode == 0, output);
        return output;
    }
}
