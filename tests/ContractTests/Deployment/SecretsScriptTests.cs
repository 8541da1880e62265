using System.Runtime.Versioning;
using CryptoScreener.Hosting.Configuration;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary><c>make secrets</c> and what must be in step with it.</summary>
[SupportedOSPlatform("linux")]
public sealed class SecretsScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("screener-secrets-").FullName;

    public SecretsScriptTests() => File.Copy(Repository.PathOf(".env.example"), Path.Combine(_root, ".env.example"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task It_fills_every_secret_with_its_own_random_value_the_same_for_compose_and_the_cluster()
    {
        await RunAsync();
        var (compose, cluster) = (Read(".env"), Read("k8s/base/secrets.env"));
        var secrets = Kustomization.Resolve("k8s").Single(m => m.Kind == "Secret").Body.Map("data").Select(s => s.Key).ToList();

        Assert.All(secrets, name => Assert.Equal(compose[name], cluster[name]));
        Assert.Equal(secrets.Count, secrets.Select(name => compose[name]).Distinct().Count());
        Assert.All(secrets, name => Assert.True(compose[name].Length >= 32 && !PlaceholderSecrets.IsKnown(compose[name]), name));
        Assert.Null(Storage.Secrets.SecretBox.ErrorOf(compose["STORAGE_SECRET_KEY"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_root, ".env")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_root, "k8s/base/secrets.env")));
    }

    [Fact]
    public async Task It_never_overwrites_and_only_adds_what_is_missing()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, ".env"), "REDIS_PASSWORD=mine\nREDIS_MAXMEMORY=9gb\nPOSTGRES_PASSWORD=\n");
        await RunAsync();
        var first = (Read(".env"), Read("k8s/base/secrets.env"));
        await RunAsync();

        Assert.Equal(first, (Read(".env"), Read("k8s/base/secrets.env")), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2));
        Assert.Equal(("mine", "9gb", "mine"), (first.Item1["REDIS_PASSWORD"], first.Item1["REDIS_MAXMEMORY"], first.Item2["REDIS_PASSWORD"]));
        Assert.NotEmpty(first.Item1["POSTGRES_PASSWORD"]);
    }

    [Fact]
    public async Task Where_alerts_go_is_taken_over_from_compose_to_the_cluster_whenever_it_changes()
    {
        await RunAsync();
        var file = Path.Combine(_root, ".env");
        await File.WriteAllLinesAsync(file, File.ReadLines(file).Where(line => !line.StartsWith("SMTP_PASSWORD=", StringComparison.Ordinal)).Append("SMTP_PASSWORD=mail").ToList());
        await RunAsync();
        Assert.Equal("mail", Read("k8s/base/secrets.env")["SMTP_PASSWORD"]);
    }

    [Fact]
    public async Task A_secret_that_no_server_must_be_told_of_is_renewed_in_both_files_and_nothing_else_changes()
    {
        await RunAsync();
        var before = Read(".env");
        await RunAsync("RENEW=BACKUP_PASSPHRASE");
        var after = Read(".env");

        Assert.Equal(["BACKUP_PASSPHRASE"], before.Where(setting => after[setting.Key] != setting.Value).Select(setting => setting.Key));
        Assert.Equal(after["BACKUP_PASSPHRASE"], Read("k8s/base/secrets.env")["BACKUP_PASSPHRASE"]);
    }

    [Fact]
    public async Task Two_installations_share_nothing()
    {
        await RunAsync();
        var first = Read(".env")["BACKUP_PASSPHRASE"];
        File.Delete(Path.Combine(_root, ".env"));
        File.Delete(Path.Combine(_root, "k8s/base/secrets.env"));
        await RunAsync();
        Assert.NotEqual(first, Read(".env")["BACKUP_PASSPHRASE"]);
    }

    [Fact]
    public void The_placeholders_of_the_committed_secret_are_such_that_workers_refuse() =>
        Assert.All(
            YamlText.ReadFile("k8s/base/namespace-and-secrets.yaml").Single(d => d.Text("kind") == "Secret").Map("data"),
            secret => Assert.True(PlaceholderSecrets.IsKnown(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(secret.Value!.GetValue<string>())))));

    [Fact]
    public async Task Documents_made_from_deploy_are_up_to_date()
    {
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync("deploy/scripts/render-k8s.sh --check");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Every_user_of_the_bus_has_its_password_wherever_the_server_runs()
    {
        var wanted = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Repository.PathOf("deploy", "nats", "users.conf")), @"\$(NATS_\w+)").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(6, wanted.Count);
        Assert.Empty(wanted.Except(ComposeFile.Services["nats"].Map("environment").Select(e => e.Key)));
        Assert.Empty(wanted.Except(Kustomization.Resolve("k8s").Single(m => m is { Kind: "StatefulSet", Name: "nats" }).Containers.Single().List("env").Select(e => e.Text("name"))));
    }

    private async Task RunAsync(string environment = "")
    {
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync("deploy/scripts/secrets.sh", environment: $"SCREENER_ROOT={_root} {environment}");
        Assert.True(exitCode == 0, output);
    }

    private Dictionary<string, string> Read(string file) => File.ReadLines(Path.Combine(_root, file))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
        .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}
