using System.ComponentModel.DataAnnotations;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.Hosting.Configuration;

public sealed class StartTests
{
    [Fact]
    public async Task Mistakes_of_all_options_are_told_in_one_message_and_the_exit_code_is_one()
    {
        var builder = TestWorker.Builder(
            "--Hosting:MetricsPort=70000", "--Hosting:BindAddress=nowhere", "--Log:QueueSize=some", "--Log:Preset=loud",
            "--Log:Files:KeepDays=0", "--Telemetry:MarketDataSampling=7", "--Probe:Size=12");
        builder.Services.AddScreenerOptions<ProbeOptions, ProbeValidator>("Probe");
        builder.Services.AddHostedService<Impatient>();
        using var complaints = new StringWriter();

        var exitCode = await builder.Build().RunScreenerAsync(complaints);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            """
            metrics-calculator cannot start: 8 settings need attention.
              - Telemetry:MarketDataSampling: The field TelemetryOptions.MarketDataSampling must be between 0 and 1.
              - Log:Preset = 'loud' is not one of Auto, Development, Production.
              - Log:QueueSize = 'some' is not a whole number in range.
              - Log:Files:KeepDays: The field LogFileOptions.KeepDays must be between 1 and 3650.
              - Hosting:MetricsPort: The field HostingOptions.MetricsPort must be between 0 and 65535.
              - Hosting:BindAddress = 'nowhere' is neither an IP address nor *.
              - Probe:Size: The field ProbeOptions.Size must be between 1 and 9.
              - Probe: Size must be odd.
            Settings come from appsettings.json, the environment (SCREENER_Section__Name=value) and the command line (--Section:Name=value).

            """,
            complaints.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_without_a_stack_trace()
    {
        await using var first = TestWorker.Builder().Build();
        await first.StartAsync();
        var port = first.Operations().BaseAddress!.Port;
        using var complaints = new StringWriter();

        var exitCode = await TestWorker.Builder($"--Hosting:MetricsPort={port}").Build().RunScreenerAsync(complaints);

        Assert.Equal(1, exitCode);
        Assert.Contains($"127.0.0.1:{port}", complaints.ToString(), StringComparison.Ordinal);
        Assert.Contains("Hosting:MetricsPort", complaints.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", complaints.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_beats_the_prefixed_environment_which_beats_the_plain_one()
    {
        const string Key = "StartTestsPrecedence";
        Environment.SetEnvironmentVariable($"{Key}__A", "plain");
        Environment.SetEnvironmentVariable($"SCREENER_{Key}__A", "prefixed");
        Environment.SetEnvironmentVariable($"SCREENER_{Key}__B", "prefixed");
        Environment.SetEnvironmentVariable($"{Key}__C", "plain");

        var configuration = TestWorker.Builder($"--{Key}:B=line").Configuration.GetSection(Key);

        Assert.Equal(("prefixed", "line", "plain"), (configuration["A"], configuration["B"], configuration["C"]));
    }

    internal sealed class ProbeOptions
    {
        [Range(1, 9)]
        public int Size { get; set; }
    }

    /// <summary>Reads its options when constructed, which must not hide the mistakes of others.</summary>
    private sealed class Impatient(IOptions<ProbeOptions> options) : BackgroundService
    {
        private readonly int _size = options.Value.Size;

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.FromResult(_size);
    }

    private sealed class ProbeValidator : IValidateOptions<ProbeOptions>
    {
        public ValidateOptionsResult Validate(string? name, ProbeOptions options)
        {
            var failures = new List<string>();
            if (options.Size is < 1 or > 9) failures.Add("Size: The field ProbeOptions.Size must be between 1 and 9.");
            if (options.Size % 2 == 0) failures.Add("Probe: Size must be odd.");
            return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
        }
    }
}
