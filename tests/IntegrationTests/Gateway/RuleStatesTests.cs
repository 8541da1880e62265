using CryptoScreener.AlertEngine;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Engine;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Gateway;

public sealed class RuleStatesTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Partitions = 16;

    [Fact]
    public async Task A_rule_tells_where_it_stands_on_each_instrument()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        foreach (var (id, expression) in new[] { ("always", "price > 0"), ("lasting", "price > 0 for 1h"), ("never", "price < 0") })
            await storage.Get<RuleStore>().AddAsync(new RuleDefinition { Id = id, Version = 1, Name = id, RuleType = "custom", Expression = expression }, "test");
        await using var bus = await TestBus.StartAsync(nats);
        var feed = new FrameFeed(bus, Seeded.Random(output), Partitions);
        await feed.NameColumnsAsync();
        await using var engine = await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Evaluate);
        var settings = new Dictionary<string, string?> { ["Messaging:Url"] = nats.Url, ["Messaging:Partitions"] = $"{Partitions}" };
        await using var gateway = await RunningGateway.StartAsync(servers, settings, storage.ConnectionString);
        var key = await gateway.KeyAsync("ann", "reader");
        Assert.Equal("null", (await gateway.GetAsync("/api/v1/rules/never/states", key)).GetProperty("as_of").GetRawText());

        var now = Timeframe.OneMinute.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        for (var minute = now - (3 * Timeframe.MinuteMs); minute < now; minute += Timeframe.MinuteMs) await feed.MinuteAsync(minute);

        await CountsAreAsync("always", """{"inactive":0,"pending":0,"firing":12,"recovering":0,"no_data":0}""");
        await CountsAreAsync("lasting", """{"inactive":0,"pending":12,"firing":0,"recovering":0,"no_data":0}""");
        await CountsAreAsync("never", """{"inactive":12,"pending":0,"firing":0,"recovering":0,"no_data":0}""");
        Assert.Empty((await gateway.GetAsync("/api/v1/rules/never/states", key)).GetProperty("items").EnumerateArray());
        Assert.Empty((await gateway.GetAsync("/api/v1/rules/always/states?state=pending", key)).GetProperty("items").EnumerateArray());

        var first = await gateway.GetAsync("/api/v1/rules/always/states?limit=7", key);
        var rest = await gateway.GetAsync($"/api/v1/rules/always/states?limit=7&cursor={first.GetProperty("next").GetString()}", key);
        Assert.Equal(
            FrameFeed.Instruments.Select(instrument => instrument.Symbol).Order(StringComparer.Ordinal),
            first.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("symbol").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("null", rest.GetProperty("next").GetRawText());

        Task CountsAreAsync(string rule, string counts) => Eventually.TrueAsync(
            async () => (await gateway.GetAsync($"/api/v1/rules/{rule}/states", key)).GetProperty("counts").GetRawText() == counts, $"{rule} stands at {counts}");
    }
}
