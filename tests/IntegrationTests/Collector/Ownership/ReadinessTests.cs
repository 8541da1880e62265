using CryptoScreener.Hosting.Health;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Ownership;

public sealed class ReadinessTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task A_start_says_how_many_instruments_still_wait_for_their_history()
    {
        await using var world = await CollectorWorld.StartAsync(servers, "binance-futures", "--instruments", "20");
        await world.Exchange.OrderAsync(new { kind = "rest_error", status = 500, symbol = "BTCUSDT" });
        await using var collector = await world.CollectAsync();
        var gate = collector.Get<ReadinessGate>();

        await Eventually.TrueAsync(() => Task.FromResult(Said(gate) == "loading the start-up history: instruments left 1"), () => $"all have their history but one; it says {Said(gate)}");
        Assert.False(gate.IsReady);
        await world.Exchange.EndFaultsAsync();

        await Eventually.TrueAsync(() => gate.IsReady, "it has its history too");
        Assert.Equal("", Said(gate));
    }

    private static string? Said(ReadinessGate gate) => gate.Checks.SingleOrDefault(check => check.Name == "history")?.Detail;
}
