using CryptoScreener.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class LogFolderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("screener-log-folders-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Each_process_of_a_service_has_a_folder_of_its_own_and_the_next_one_takes_what_became_free()
    {
        using var first = LogFolder.Take(_directory, "alert-engine");
        using var second = LogFolder.Take(_directory, "alert-engine");
        using var other = LogFolder.Take(_directory, "api-gateway");
        Assert.Equal([In("alert-engine"), In("alert-engine-2"), In("api-gateway")], new[] { first, second, other }.Select(folder => folder.Path));

        first.Dispose();
        using var next = LogFolder.Take(_directory, "alert-engine");
        Assert.Equal(In("alert-engine"), next.Path);
    }

    [Fact]
    public void Where_no_folder_can_be_made_a_process_goes_on_without_files()
    {
        File.WriteAllText(In("taken"), "a file");
        using var folder = LogFolder.Take(In("taken"), "alert-engine");
        Assert.Equal(Path.Combine(In("taken"), "alert-engine"), folder.Path);
    }

    [Fact]
    public async Task Two_workers_with_the_same_directory_write_into_files_of_their_own()
    {
        string[] settings = ["--Log:Files:Enabled=true", $"--Log:Files:Directory={_directory}"];
        await using (var one = Worker(settings))
        await using (var two = Worker(settings))
        {
            foreach (var worker in new[] { one, two })
                worker.GetRequiredService<ILoggerProvider>().CreateLogger("Test").Log(LogLevel.Information, default, "what both have to say", null, (text, _) => text);
        }

        foreach (var folder in new[] { "metrics-calculator", "metrics-calculator-2" })
            Assert.Contains("what both have to say", File.ReadAllText(Assert.Single(Directory.GetFiles(In(folder), "system-*.log"))), StringComparison.Ordinal);
    }

    private static ServiceProvider Worker(string[] settings)
    {
        var builder = TestWorker.Builder(settings);
        builder.AddScreenerLogging();
        return builder.Services.BuildServiceProvider();
    }

    private string In(string name) => Path.Combine(_directory, name);
}
