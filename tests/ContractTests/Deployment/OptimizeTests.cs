using System.Globalization;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>What <c>make prod-optimize</c> proposes for a machine, changes and warns of.</summary>
public sealed class OptimizeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-optimize-").FullName;

    private string SettingsFile => Path.Combine(_folder, ".env");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2, 4_000, 40)]
    [InlineData(4, 8_000, 100)]
    [InlineData(8, 8_000, 2_000)]
    [InlineData(64, 256_000, 2_000)]
    public async Task Proposed_sizes_fit_the_machine_and_each_other(int cpus, int memory, int disk)
    {
        File.Copy(Repository.PathOf(".env.example"), SettingsFile);
        await OptimizeAsync($"CPUS={cpus} MEMORY_MB={memory} DISK_GB={disk} APPLY=yes");
        var settings = Settings();

        string[] limits = ["POSTGRES_MEMORY", "NATS_MEMORY", "REDIS_MEMORY", "COLLECTOR_MEMORY", "CALCULATOR_MEMORY", "ENGINE_MEMORY", "DELIVERY_MEMORY", "GATEWAY_MEMORY"];
        Assert.InRange(limits.Sum(name => Number(settings[name])), 1, memory);
        Assert.True(Number(settings["POSTGRES_SHARED_BUFFERS"]) <= Number(settings["POSTGRES_MEMORY"]) / 4);
        Assert.True(Number(settings["REDIS_MAXMEMORY"]) < Number(settings["REDIS_MEMORY"]));
        Assert.True(Number(settings["DATABASE_POOL_SIZE"]) * 5 < Number(settings["POSTGRES_MAX_CONNECTIONS"]));
        // CANDLES and METRICS of that size each, ALERTS a quarter and FEED a sixteenth of it: what NATS must be able to keep.
        Assert.True(Number(settings["NATS_STREAM_MEGABYTES"]) * 2.3125 <= Number(settings["NATS_MAX_FILE_STORE"]) * 1024);
        // And what it remembers of a full ALERTS, 1.0 KB an alert on disk and a third of a KB in memory, leaves it half of its memory.
        Assert.True(Number(settings["NATS_STREAM_MEGABYTES"]) / 4 / 3 <= Number(settings["NATS_MEMORY"]) / 2);
        Assert.True(Number(settings["DISK_BUDGET_GIGABYTES"]) + Number(settings["NATS_MAX_FILE_STORE"]) < disk);
    }

    [Fact]
    public async Task Sizes_are_shown_first_and_changed_only_when_told_to_with_everything_else_kept()
    {
        await File.WriteAllTextAsync(SettingsFile, "# mine\nREDIS_PASSWORD=p|&\\w\nREDIS_MEMORY=1m\n");
        var before = await File.ReadAllTextAsync(SettingsFile);
        var shown = await OptimizeAsync("CPUS=4 MEMORY_MB=8000 DISK_GB=100");
        Assert.Contains("REDIS_MEMORY", shown, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(SettingsFile));

        await OptimizeAsync("CPUS=4 MEMORY_MB=8000 DISK_GB=100 APPLY=yes");
        Assert.StartsWith("# mine\nREDIS_PASSWORD=p|&\\w\nREDIS_MEMORY=", await File.ReadAllTextAsync(SettingsFile), StringComparison.Ordinal);
        Assert.NotEqual("1m", Settings()["REDIS_MEMORY"]);
        Assert.Contains(Directory.GetFiles(_folder), file => file != SettingsFile && File.ReadAllText(file) == before);
        Assert.Contains("Nothing to change", await OptimizeAsync("CPUS=4 MEMORY_MB=8000 DISK_GB=100"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 800, "backups", "false", true)]
    [InlineData(40, 50, "backups", "false", false)]
    [InlineData(40, 50, "backups", "true", true)]
    [InlineData(120, 800, "backups", "false", true)]
    [InlineData(120, 800, "/mnt/other", "true", false)]
    public async Task A_disk_that_will_be_too_small_is_told_beforehand(int disk, int instruments, string backups, string measurements, bool warns)
    {
        await File.WriteAllTextAsync(SettingsFile, $"BACKUP_VOLUME={backups}\nBACKUP_KEEP_DAYS=14\nBACKUP_PROMETHEUS={measurements}\n");
        var said = await OptimizeAsync($"CPUS=4 MEMORY_MB=8000 DISK_GB={disk} INSTRUMENTS={instruments}");
        Assert.Equal(warns, said.Contains("The disk will need about", StringComparison.Ordinal));
    }

    /// <summary>What the overview tells the headroom of throughput from.</summary>
    [Theory]
    [InlineData("", "21739")] // 4 processors, by the model of docs/CAPACITY.md
    [InlineData("31000", "31000")] // whoever measured knows better
    public async Task Sizing_a_machine_sets_it_where_nobody_measured(string before, string after)
    {
        await File.WriteAllTextAsync(SettingsFile, $"CANDLES_PER_SECOND_LIMIT={before}\n");
        await OptimizeAsync("CPUS=4 MEMORY_MB=8000 DISK_GB=100 APPLY=yes");
        Assert.Equal(after, Settings()["CANDLES_PER_SECOND_LIMIT"]);
    }

    private async Task<string> OptimizeAsync(string environment)
    {
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync("deploy/scripts/prod-optimize.sh", environment: $"ENV_FILE={SettingsFile} {environment}");
        Assert.True(exitCode == 0, output);
        return output;
    }

    private Dictionary<string, string> Settings() => File.ReadLines(SettingsFile)
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).ToDictionary(line => line.Split('=')[0], line => line.Split('=', 2)[1]);

    private static double Number(string value) => double.Parse(string.Concat(value.TakeWhile(char.IsDigit)), CultureInfo.InvariantCulture);
}
