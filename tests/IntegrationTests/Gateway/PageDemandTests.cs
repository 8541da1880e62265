using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.IntegrationTests.Calculator;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Gateway;

public sealed class PageDemandTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Instruments = 5;
    private const int Most = 400;

    [Fact]
    public async Task A_filter_with_a_metric_that_nobody_calculates_has_it_calculated_or_hears_why_not()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        var database = await servers.CreateDatabaseAsync();
        var market = new Market(bus, Seeded.Random(output), Instruments, Most);
        await using var calculator = await RunningCalculator.StartAsync(nats, database, "only", ("Calculator:DemandSeconds", "1"));
        await calculator.WarmAsync();
        await using var gateway = await RunningGateway.StartAsync(servers, new Dictionary<string, string?> { ["Messaging:Url"] = nats.Url }, database);
        var key = await gateway.KeyAsync("ann", "reader");
        await market.PublishAsync(0, 99);
        await Eventually.TrueAsync(() => gateway.Get<FrameBook>().Count == Instruments, "the gateway has the frames");

        // Somebody has asked for one of them before; else its answer were a minute later.
        var demands = gateway.Get<DemandStore>();
        await demands.NoteAsync(["rsi(14,2h)"], []);
        await Eventually.TrueAsync(async () => (await demands.ListAsync())[0].Objection is not null, "the calculator objects to it");

        var page = await ScreenAsync();
        Assert.Equal("""[{"name":"rsi(7,5m)","state":"adding","reason":null},{"name":"rsi(14,2h)","state":"adding","reason":null}]""", page.GetProperty("demanded").GetRawText());
        Assert.Equal(0, page.GetProperty("total").GetInt64());

        await Eventually.TrueAsync(async () =>
        {
            await ScreenAsync(); // as the page does: what it looks at for a moment only is not calculated
            return calculator.Get<PlanBook>().Current.Catalogue.ColumnOf("rsi(7,5m)") >= 0;
        }, "the metric that the filter looks at is in the catalogue");

        // Each instrument is fed anew meanwhile; frames of the new catalogue come with the minutes after that.
        for (var minute = 100; page.GetProperty("total").GetInt64() < Instruments; minute++)
        {
            Assert.True(minute < Most, "the metric that the filter looks at did not come");
            await market.PublishAsync(minute, minute);
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, CancellationToken.None);
            page = await ScreenAsync();
        }

        Assert.Equal(
            """[{"name":"rsi(14,2h)","state":"refused","reason":"There are no bars of 2h; indicators run on 1m 5m 15m 1h 4h 8h 1d."}]""",
            page.GetProperty("demanded").GetRawText());
        Assert.All(page.GetProperty("rows").EnumerateArray(), row => Assert.Equal(JsonValueKind.Number, row.GetProperty("values")[1].ValueKind));

        Task<JsonElement> ScreenAsync() => gateway.GetAsync($"/api/v1/screener?filter={Uri.EscapeDataString("rsi(7,5m) >= 0")}&sort=-rsi(7,5m)&columns=price,rsi(7,5m),rsi(14,2h)", key);
    }
}
