using CryptoScreener.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class LevelTests
{
    [Theory]
    [InlineData("CryptoScreener.AlertEngine.Evaluation", LogLevel.Information, true)]
    [InlineData("CryptoScreener.AlertEngine.Evaluation", LogLevel.Debug, false)]
    [InlineData("CryptoScreener.DataCollector.Feeds.Watchdog", LogLevel.Debug, true)]
    [InlineData("CryptoScreener.DataCollector.Candles", LogLevel.Debug, false)]
    [InlineData("Microsoft.AspNetCore.Routing", LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.Routing", LogLevel.Warning, true)]
    public async Task A_component_logs_at_its_own_level_and_frameworks_only_warn(string component, LogLevel level, bool expected)
    {
        var builder = WebApplication.CreateSlimBuilder(["--Logging:LogLevel:CryptoScreener.DataCollector.Feeds=Debug"]);
        builder.AddScreenerDefaults("data-collector");
        await using var app = builder.Build();

        Assert.Equal(expected, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(component).IsEnabled(level));
    }
}
