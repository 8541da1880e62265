using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary><c>make compose-up</c> and <c>make k8s-up</c> in a fresh clone, with a Docker and a kubectl that only say what they were asked.</summary>
public sealed class UpScriptTests : IDisposable
{
    private readonly string _clone = Directory.CreateTempSubdirectory("screener-up-").FullName;

    public void Dispose() => Directory.Delete(_clone, recursive: true);

    private string Settings => Path.Combine(_clone, ".env");

    private string ClusterSecrets => Path.Combine(_clone, "k8s", "base", "secrets.env");

    [Fact]
    public async Task A_fresh_clone_gets_its_secrets_and_the_simulated_market()
    {
        var (code, said) = await RunAsync("compose-up.sh");

        Assert.True(code == 0, said);
        Assert.Contains("docker compose -f docker-compose.yml --profile demo up -d --wait\n", said, StringComparison.Ordinal);
        Assert.Matches("(?m)^POSTGRES_PASSWORD=s[0-9a-f]{48}$", await File.ReadAllTextAsync(Settings));
    }

    [Fact]
    public async Task With_the_real_exchanges_no_simulator_starts()
    {
        var (code, said) = await RunAsync("compose-up.sh", environment: "SECRETS_TEMPLATE=.env.production.example PROFILES=monitoring");

        Assert.True(code == 0, said);
        Assert.Contains("docker compose -f docker-compose.yml --profile monitoring up -d --wait\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compose-up.sh"), InlineData("k8s-up.sh")]
    public async Task Secrets_that_are_there_are_kept(string script)
    {
        await RunAsync(script);
        var first = await File.ReadAllTextAsync(Settings);
        var password = first.Split('\n').Last(line => line.StartsWith("POSTGRES_PASSWORD=", StringComparison.Ordinal)).Split('=')[1];
        var (code, said) = await RunAsync(script, volumes: "crypto-screener_database", database: password, cluster: password);

        Assert.True(code == 0, said);
        Assert.Equal(first, await File.ReadAllTextAsync(Settings));
    }

    [Theory]
    [InlineData("", "k8s"), InlineData("OVERLAY=production", "k8s/overlays/production")]
    public async Task A_cluster_gets_secrets_with_what_is_applied(string environment, string folder)
    {
        var (code, said) = await RunAsync("k8s-up.sh", environment: environment);

        Assert.True(code == 0, said);
        Assert.EndsWith($"kubectl apply -k {folder}\n", said, StringComparison.Ordinal);
        Assert.Matches("(?m)^POSTGRES_PASSWORD=s[0-9a-f]{48}$", await File.ReadAllTextAsync(ClusterSecrets));
    }

    /// <summary>Servers keep the passwords they began with: new ones would lock every worker out of its own data.</summary>
    [Theory]
    [InlineData("compose-up.sh", "crypto-screener_database", ""), InlineData("k8s-up.sh", "", "others")]
    [InlineData("k8s-up.sh", "crypto-screener_database", ""), InlineData("secrets.sh", "crypto-screener_database", "")]
    public async Task Beside_servers_that_have_passwords_none_are_made_and_nothing_starts(string script, string volumes, string cluster)
    {
        var (code, said) = await RunAsync(script, volumes, cluster: cluster);

        Assert.Equal(1, code);
        Assert.DoesNotContain("ran: ", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Settings) || File.Exists(ClusterSecrets));
    }

    /// <summary>Either makes the secrets of both, so that a file is there does not say that the servers began with it.</summary>
    [Theory]
    [InlineData("compose-up.sh", "k8s-up.sh"), InlineData("k8s-up.sh", "compose-up.sh")]
    public async Task One_after_the_other_does_not_start_with_passwords_that_its_servers_did_not_begin_with(string first, string second)
    {
        await RunAsync(first);
        var (code, said) = await RunAsync(second, volumes: "crypto-screener_database", database: "others", cluster: "others");

        Assert.Equal(1, code);
        Assert.DoesNotContain("ran: ", said, StringComparison.Ordinal);
        Assert.Contains("has another POSTGRES_PASSWORD", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlay_that_is_not_there_is_refused_before_anything_is_made()
    {
        var (code, said) = await RunAsync("k8s-up.sh", environment: "OVERLAY=producton");

        Assert.Equal((2, true), (code, said.Contains("OVERLAY is one of: production", StringComparison.Ordinal)));
        Assert.False(File.Exists(ClusterSecrets));
    }

    /// <param name="volumes">What Docker has of them.</param>
    /// <param name="database">What Compose's database began with, where there is a container of it.</param>
    /// <param name="cluster">What the cluster's Secret has, where there is one.</param>
    private async Task<(int Code, string Said)> RunAsync(string script, string volumes = "", string database = "", string cluster = "", string environment = "")
    {
        await File.WriteAllTextAsync(Path.Combine(_clone, "run.sh"), $$"""
            cp -rn {{Repository.Root}}/{deploy,docker-compose.yml,.env.example,.env.production.example} {{_clone}}/
            mkdir -p {{_clone}}/k8s/overlays/production
            touch {{_clone}}/k8s/kustomization.yaml {{_clone}}/k8s/overlays/production/kustomization.yaml
            docker() {
              case $1 in
                volume) echo {{volumes}} ;;
                ps) [ -z "{{database}}" ] || echo 0123456789ab ;;
                inspect) printf '%s\n' PATH=/bin POSTGRES_PASSWORD={{database}} ;;
                *) echo "ran: docker $*" ;;
              esac
            }
            kubectl() {
              if [ "$1" != get ]; then echo "ran: kubectl $*"
              elif [ -n "{{cluster}}" ]; then echo "crypto-secrets $(printf %s "{{cluster}}" | base64 -w0)"
              fi
            }
            export -f docker kubectl
            {{_clone}}/deploy/scripts/{{script}}
            """);
        return await ExternalProgram.Bash.RunAsync(Path.Combine(_clone, "run.sh"), environment: environment);
    }
}
