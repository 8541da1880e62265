using CryptoScreener.Calculation;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class UnheardBackfillTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Through = 101; // the last minute before the outage, without its mark
    private const int Again = 146; // the first one behind it
    private const int Most = Again + 60;
    private static readonly int Known = CalculationPlan.Create().Catalogue.ColumnOf("history");

    [Fact]
    public async Task Minutes_that_were_backfilled_while_nobody_calculated_are_read_when_the_stream_goes_on_behind_them()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        var database = await servers.CreateDatabaseAsync();
        var market = new Market(bus, Seeded.Random(output), instruments: 1, Most);
        var bitcoin = market.Instruments[0];
        await using (var first = await RunningCalculator.StartAsync(nats, database, "first"))
        {
            await first.WarmAsync();
            await market.PublishAsync(0, Through - 1);
            await market.CloseAsync(0, Through);
            await Eventually.TrueAsync(() => frames.Count == Through + 1, "all frames before the outage are in the stream");
        }

        await using (var storage = new TestStorage(database))
            await Backfills.BackfillAsync(bus, storage, bitcoin, [.. Enumerable.Range(Through + 1, Again - Through - 1).Select(m => market.Of(0, m))]);

        await using var second = await RunningCalculator.StartAsync(nats, database, "second");
        await second.WarmAsync();
        var minute = Again;
        do
        {
            Assert.True(minute < Most, "the minutes of the outage are not in the frames");
            await market.PublishAsync(minute, minute);
            await Eventually.TrueAsync(() => frames.Find(bitcoin, market.Of(0, minute).OpenTime) is not null, $"the frame of minute {minute} is in the stream");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System); // rebuilding goes on beside
        }
        while (frames.Find(bitcoin, market.Of(0, minute++).OpenTime)![Known] != minute);

        Assert.True(await HasAnyAsync(Through + 1, Again - 1));
        Assert.False(await HasAnyAsync(Most - 5, Most - 1)); // what nobody stored is worth no rebuild

        Task<bool> HasAnyAsync(int from, int through) => second.Get<History>().HasAnyAsync(
            bitcoin, new SkippedMinutes(market.Of(0, from).OpenTime, market.Of(0, through).OpenTime), CancellationToken.None);
    }
}
