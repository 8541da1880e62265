using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests;

/// <summary>Whatever is taken away comes back, no worker falls, and afterwards nothing is missing or doubled.</summary>
public sealed class OutageTests
{
    private const long Minute = 60_000;
    private static readonly Dictionary<string, string> Settings = new() { ["Collector__BackfillHours"] = "2", ["Collector__CloseGraceMs"] = "200" };

    [Fact]
    public async Task Stopping_any_one_server_crashes_no_worker_and_the_flow_heals()
    {
        await using var screener = await RunningScreener.StartAsync(["--instruments", "12"], Settings);
        await using var candles = new StoredCandles(screener);
        var from = ((await screener.TimeAsync()) / Minute * Minute) - (60 * Minute);
        var processes = screener.Stack.Workers.Select(w => w.ProcessId).ToList();
        await screener.SetSpeedAsync(20);

        foreach (var server in new LocalServers.LocalServer[] { screener.Stack.Nats, screener.Stack.Redis, screener.Stack.Postgres })
        {
            await candles.FlowAsync($"before {server.GetType().Name} stops");
            await server.StopAsync();
            var stoppedAt = await screener.TimeAsync();
            await Eventually.TrueAsync(async () => await screener.TimeAsync() > stoppedAt + (2 * Minute), "two minutes pass without it");
            await server.StartAgainAsync();
            await screener.AllReadyAsync();
            await candles.FlowAsync($"after {server.GetType().Name} is back");
        }

        Assert.All(screener.Stack.Workers, w => Assert.True(w.IsRunning, $"{w.Name} ended"));
        Assert.Equal(processes, screener.Stack.Workers.Select(w => w.ProcessId));
        await screener.SetSpeedAsync(0);
        await candles.BecomeTruthAsync(from, await candles.NewestCompleteAsync());
    }
}
