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
            await FlowsAsync(screener, candles, $"before {server.GetType().Name} stops");
            await server.StopAsync();
            var stoppedAt = await screener.TimeAsync();
            await Eventually.TrueAsync(async () => await screener.TimeAsync() > stoppedAt + (2 * Minute), "two minutes pass without it");
            await server.StartAgainAsync();
            await screener.AllReadyAsync();
            await FlowsAsync(screener, candles, $"after {server.GetType().Name} is back");
        }

        Assert.All(screener.Stack.Workers, w => Assert.True(w.IsRunning, $"{w.Name} ended"));
        Assert.Equal(processes, screener.Stack.Workers.Select(w => w.ProcessId));
        await screener.SetSpeedAsync(0);
        await candles.BecomeTruthAsync(from, await candles.NewestCompleteAsync());
    }

    [Theory]
    [InlineData("data-collector")]
    [InlineData("metrics-calculator")]
    public async Task Killing_the_owner_hands_its_partitions_over_with_neither_a_lost_nor_a_doubled_row(string service)
    {
        await using var screener = await RunningScreener.StartAsync(["--instruments", "12"], Settings, replicas: 2);
        await using var candles = new StoredCandles(screener);
        var from = ((await screener.TimeAsync()) / Minute * Minute) - (60 * Minute);
        await screener.SetSpeedAsync(20);
        await FlowsAsync(screener, candles, "with two of each");

        await screener.Stack.Worker(service).KillAsync();
        await FlowsAsync(screener, candles, $"after the first {service} was killed");
        await screener.Stack.Worker(service).StartAsync(CancellationToken.None);
        await screener.AllReadyAsync();
        await screener.Stack.Worker(service, replica: 1).KillAsync();
        await FlowsAsync(screener, candles, $"after the second {service} was killed");

        await screener.SetSpeedAsync(0);
        await candles.BecomeTruthAsync(from, await candles.NewestCompleteAsync());
    }

    /// <summary>Every instrument gets newly closed minutes into the database.</summary>
    private static async Task FlowsAsync(RunningScreener screener, StoredCandles candles, string when)
    {
        var now = await screener.TimeAsync();
        await Eventually.TrueAsync(async () => await candles.NewestCompleteAsync() > now + Minute, $"minutes close into the database {when}");
    }
}
