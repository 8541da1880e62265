using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class DemandStoreTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Demands_keep_the_order_in_which_they_came_and_are_bounded()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        Assert.Empty(await demands.NoteAsync(["rsi(7,1h)"], []));
        Assert.Empty(await demands.NoteAsync(["ema(5,1m)", "rsi(7,1h)"], ["price"]));
        Assert.Equal(["rsi(7,1h)", "ema(5,1m)"], await demands.ListAsync());

        // Several at once never find more room than there is.
        var asked = Enumerable.Range(0, 100).Select(i => $"sma({i + 300},1m)").Chunk(10);
        var refused = await Task.WhenAll(asked.Select(names => demands.NoteAsync(names, [])));
        Assert.Equal(100 - (DemandStore.Most - 2), refused.Sum(names => names.Count));
        Assert.Equal(DemandStore.Most, (await demands.ListAsync()).Count);
    }

    [Fact]
    public async Task What_nobody_used_for_a_month_is_forgotten()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        await demands.NoteAsync(["rsi(7,1h)", "ema(5,1m)"], []);
        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '40 days'");
        await demands.NoteAsync([], ["ema(5,1m)", "price"]);
        await storage.Get<MaintenanceService>().RunOnceAsync(CancellationToken.None);
        Assert.Equal(["ema(5,1m)"], await demands.ListAsync());
    }
}
