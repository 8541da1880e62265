using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>Which files and which parts of a cluster a rotation touches; stand-ins take the passwords. Real servers take them in EndToEndTests.</summary>
public sealed class RotationScriptTests : IAsyncLifetime
{
    /// <summary>Writes down what it is asked, and to whom what was given.</summary>
    private const string Kubectl = """
        #!/usr/bin/env bash
        echo "$*" >>"$FOLDER/asked"
        case "$*" in
          *'exec -i statefulset/redis'*) cat >>"$FOLDER/given"; printf 'OK\nOK\n' ;;
          *'exec -i'*) cat >>"$FOLDER/given" ;;
          *'create secret'*) for argument; do case $argument in --from-env-file=*) cat "${argument#*=}" ;; esac; done ;;
          'apply -f -') cat >"$FOLDER/applied" ;;
          *' get '*) echo deployment.apps/redis-exporter ;;
        esac

        """;

    private static readonly ExternalProgram Git = new("git", "git");

    private readonly string _checkout = Directory.CreateTempSubdirectory("screener-rotate-").FullName;

    private string Programs => Path.Combine(_checkout, "programs");

    private string EnvFile => Path.Combine(_checkout, ".env");

    private string ClusterFile => Path.Combine(_checkout, "k8s", "base", "secrets.env");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Programs);
        await File.WriteAllTextAsync(Path.Combine(Programs, "kubectl"), Kubectl);
        await File.WriteAllTextAsync(Path.Combine(Programs, "psql"), "#!/bin/sh\ncat >/dev/null\n");
        await File.WriteAllTextAsync(Path.Combine(Programs, "redis-cli"), "#!/bin/sh\ncat >/dev/null\nprintf 'OK\\nOK\\n'\n");
        var (code, said) = await ExternalProgram.Bash.RunAsync(
            $"-c \"chmod +x {Programs}/* && cp -r {Repository.PathOf("deploy")} {_checkout} && SCREENER_ROOT={_checkout} SECRETS_TEMPLATE={Repository.PathOf(".env.example")} deploy/scripts/secrets.sh\"");
        Assert.True(code == 0, said);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_checkout, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task New_passwords_of_this_machine_leave_those_of_a_cluster_alone_unless_its_file_is_named()
    {
        var cluster = await File.ReadAllTextAsync(ClusterFile);
        await SucceedsAsync("APPLY_COMMAND=true REDIS=127.0.0.1:1");
        Assert.Equal(cluster, await File.ReadAllTextAsync(ClusterFile));
        Assert.NotEqual(Value("REDIS_PASSWORD", ClusterFile), Value("REDIS_PASSWORD", EnvFile));

        await SucceedsAsync($"APPLY_COMMAND=true REDIS=127.0.0.1:1 SECRETS_FILE={ClusterFile}");
        Assert.Equal(Value("REDIS_PASSWORD", ClusterFile), Value("REDIS_PASSWORD", EnvFile));
    }

    [Fact]
    public async Task A_cluster_gets_new_passwords_in_its_servers_then_its_secret_then_what_reads_it()
    {
        var (before, machine) = (await File.ReadAllTextAsync(ClusterFile), await File.ReadAllTextAsync(EnvFile));
        await SucceedsAsync("TARGET=kubernetes");

        var fresh = await File.ReadAllTextAsync(ClusterFile);
        Assert.NotEqual(before, fresh);
        Assert.Equal(machine, await File.ReadAllTextAsync(EnvFile));
        Assert.Equal(fresh, await ReadAsync("applied"));
        Assert.Contains($"ALTER ROLE screener PASSWORD '{Value("SCREENER_PASSWORD", ClusterFile)}'", await ReadAsync("given"), StringComparison.Ordinal);
        Assert.Contains($"CONFIG SET requirepass {Value("REDIS_PASSWORD", ClusterFile)}", await ReadAsync("given"), StringComparison.Ordinal);
        // Nodes of the bus are restarted one by one and must find each other meanwhile.
        Assert.Contains($"NATS_CLUSTER_PASSWORD={Value("NATS_CLUSTER_PASSWORD", EnvFile)}\n", fresh, StringComparison.Ordinal);

        var asked = (await ReadAsync("asked")).Trim().Split('\n');
        string[] order = ["exec -i statefulset/timescaledb", "exec -i statefulset/redis", "create secret", "restart statefulset/nats", "status statefulset/nats", "restart deployment ", "restart deployment.apps/redis-exporter"];
        var places = order.Select(part => Array.FindIndex(asked, line => line.Contains(part, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(asked, line => line.Contains(Value("SCREENER_PASSWORD", ClusterFile), StringComparison.Ordinal));
        Assert.Equal(["secrets.env"], Directory.GetFiles(Path.GetDirectoryName(ClusterFile)!).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("k8s/base/secrets.env"), InlineData("k8s/base/secrets.env.rotating"), InlineData("k8s/base/secrets.env.Xa1b2C")]
    [InlineData(".env"), InlineData(".env.rotating"), InlineData(".env.20260101T000000Z")]
    public async Task No_file_of_secrets_can_be_committed_by_mistake(string file)
    {
        var (code, said) = await Git.RunAsync($"check-ignore --no-index {file}");
        Assert.True(code == 0, $"{file} is not ignored: {said}");
    }

    private async Task SucceedsAsync(string environment)
    {
        var (code, said) = await ExternalProgram.Bash.RunAsync($"{_checkout}/deploy/scripts/rotate-credentials.sh", environment: $"FOLDER={_checkout} PATH={Programs}:{Environment.GetEnvironmentVariable("PATH")} {environment}");
        Assert.True(code == 0, said);
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(_checkout, file));

    private static string Value(string name, string file) =>
        File.ReadLines(file).Single(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];
}
