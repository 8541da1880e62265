using System.IO.Compression;
using CryptoScreener.Hosting.Logging;
using CryptoScreener.Testing;
using Serilog;
using Serilog.Core;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class LogFilesTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("screener-logs-").FullName;
    private readonly ManualTime _time = new();
    private IReadOnlyList<LogArchive> _archives = [];

    [Theory]
    [InlineData("CryptoScreener.DataCollector.Feeds.Watchdog", "market-data")]
    [InlineData("CryptoScreener.MetricsCalculator.Lanes.Lane", "metrics")]
    [InlineData("CryptoScreener.AlertEngine.Evaluation.Lane", "alerts")]
    [InlineData("CryptoScreener.AlertEngine.Delivery.Webhook.Sender", "delivery")]
    [InlineData("CryptoScreener.AlertEngine", "alerts")]
    [InlineData("CryptoScreener.AlertEngineering", "system")]
    [InlineData("Microsoft.Hosting.Lifetime", "system")]
    public void A_component_logs_into_the_stream_of_its_concern(string component, string stream) => Assert.Equal(stream, LogStream.Of(component));

    [Fact]
    public void Each_stream_has_a_file_of_its_own_and_only_its_own_events()
    {
        using (var logger = Logger(sizeLimit: 1_000_000))
        {
            logger.ForContext(Constants.SourceContextPropertyName, "CryptoScreener.DataCollector.Feeds").Information("tick");
            logger.ForContext(Constants.SourceContextPropertyName, "CryptoScreener.AlertEngine.Delivery").Information("sent");
        }

        Assert.Equal(2, Directory.GetFiles(_directory).Length);
        Assert.Contains("\"message\":\"tick\"", File.ReadAllText(Directory.GetFiles(_directory, "market-data-*.log").Single()), StringComparison.Ordinal);
        Assert.Contains("\"message\":\"sent\"", File.ReadAllText(Directory.GetFiles(_directory, "delivery-*.log").Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_file_is_followed_by_the_next_and_compressed()
    {
        using (var logger = Logger(sizeLimit: 2_000))
        {
            for (var i = 0; i < 50; i++) logger.Information("line {Number} of a file that is soon full", i);
        }

        await Task.WhenAll(_archives.Select(archive => archive.Tidied));
        Assert.Single(Files("*.log"));
        Assert.True(Files("*.log.gz").Count() > 2);
    }

    [Fact]
    public async Task Earlier_files_are_compressed_whole_and_expired_archives_deleted()
    {
        var closed = Path.Combine(_directory, "alerts-20260301.log");
        var current = Path.Combine(_directory, "alerts-20260301_001.log");
        var expired = Path.Combine(_directory, "alerts-20260220.log.gz");
        var newer = Path.Combine(_directory, "alerts-20260301_002.log");
        var other = Path.Combine(_directory, "metrics-20260301.log");
        foreach (var file in new[] { closed, current, newer, expired, other }) File.WriteAllText(file, $"content of {Path.GetFileName(file)}");
        File.SetLastWriteTimeUtc(closed, _time.GetUtcNow().UtcDateTime);
        File.SetLastWriteTimeUtc(expired, _time.GetUtcNow().UtcDateTime.AddDays(-8));
        var archive = new LogArchive(_directory, "alerts", TimeSpan.FromDays(7), _time);

        archive.OnFileOpened(current, Stream.Null, System.Text.Encoding.UTF8);
        await archive.Tidied;

        Assert.Equal(["alerts-20260301.log.gz", "alerts-20260301_001.log", "alerts-20260301_002.log", "metrics-20260301.log"], Files("*"));
        using var content = new StreamReader(new GZipStream(File.OpenRead($"{closed}.gz"), CompressionMode.Decompress));
        Assert.Equal("content of alerts-20260301.log", await content.ReadToEndAsync());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_archives.Select(archive => archive.Tidied));
        Directory.Delete(_directory, recursive: true);
    }

    private Logger Logger(long sizeLimit)
    {
        var configuration = new LoggerConfiguration();
        _archives = configuration.WriteTo.LogStreamFiles(
            _directory, new() { SizeLimitBytes = sizeLimit }, new JsonLogFormatter(new("alert-engine", "a", "0", false)), _time);
        return configuration.CreateLogger();
    }

    private IEnumerable<string> Files(string pattern) =>
        Directory.GetFiles(_directory, pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
