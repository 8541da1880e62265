using CryptoScreener.Calculation;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class RestartTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Instruments = 12;
    private const int Minutes = 150;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Fact]
    public async Task Frames_of_calculators_that_share_the_partitions_and_are_replaced_equal_those_of_one_that_never_stopped()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        var database = await servers.CreateDatabaseAsync();
        var market = new Market(bus, Seeded.Random(output), Instruments, Minutes);

        var first = await RunningCalculator.StartAsync(nats, database, "first");
        await using (await RunningCalculator.StartAsync(nats, database, "second"))
        {
            await first.WarmAsync();
            for (var minute = 0; minute < 3; minute++) await PublishedAsync(minute, minute);
            await PublishedAsync(3, 79);
            await first.DisposeAsync();
            await PublishedAsync(80, 99);
        }

        await market.PublishAsync(100, 119); // while there is no calculator
        await using (await RunningCalculator.StartAsync(nats, database, "third")) await PublishedAsync(120, Minutes - 1);

        var expected = new NeverStopped(Plan, market);
        for (var minute = 0; minute < Minutes; minute++)
        {
            var all = expected.Next();
            for (var i = 0; i < Instruments; i++)
                AssertFrame(all[i], frames.Find(market.Instruments[i], market.Of(i, minute).OpenTime)!, $"{market.Instruments[i]}, minute {minute}");
        }

        Assert.Empty(frames.Doubled);

        async Task PublishedAsync(int from, int through)
        {
            await market.PublishAsync(from, through);
            await Eventually.TrueAsync(() => frames.Count >= (through + 1) * Instruments, $"all frames through minute {through} are in the stream");
        }
    }

    private static void AssertFrame(double[] expected, double[] actual, string which)
    {
        var different = Enumerable.Range(0, expected.Length)
            .Where(i => BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
            .Select(i => $"{Plan.Catalogue.Metrics[i].Name}: {expected[i]:R} became {actual[i]:R}");
        Assert.True(!different.Any(), $"{which}: {string.Join("; ", different.Take(5))}");
    }
}
