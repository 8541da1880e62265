using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Hosting.Health;
using CryptoScreener.IntegrationTests.Collector.Gaps;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

public sealed class StartHistoryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const long Minute = Timeframe.MinuteMs;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_minute_that_has_just_ended_is_history_only_when_a_row_stands_behind_it(bool isProven)
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var storage = await TestStorage.CreateAsync(servers);
        var (time, exchange, available) = (new ManualTime(), new ForgetfulExchange(), storage.Get<WhenAvailable>());
        var id = new InstrumentId(exchange.Name, "BTCUSDT");
        var instrument = new FollowedInstrument(id, (await storage.Get<InstrumentStore>().ResolveAsync([id]))[0], partition: 0, epoch: 1);
        var ended = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = -59; i <= (isProven ? 1 : 0); i++) exchange.History.Add(new Candle(ended + (i * Minute), 100, 110, 90, 105, 5, 500, 10, 1, 100));
        var archive = new CandleArchive(storage.Get<CandleWriter>(), new FeedPublisher(bus.Stored), available, time);
        var history = new StartHistory(
            bus.Reader, storage.Get<CandleReader>(), archive, available, Options.Create(new CollectorOptions { BackfillHours = 1 }), time, NullLogger<StartHistory>.Instance);
        var lane = new ExchangeLane(new ExchangeClock(time), null!, null!, null!, null!, time, NullLogger<ExchangeLane>.Instance);
        using var stop = new CancellationTokenSource();
        var running = lane.RunAsync(new HeartbeatRegistry(time).Watch("lane", TimeSpan.FromHours(1)), stop.Token);

        Assert.True(await history.TryLoadAsync(exchange, lane, instrument, ended, stop.Token));

        var known = isProven ? ended : ended - Minute;
        Assert.Equal(known, await lane.AskAsync(() => instrument.Gate.LastClosed, stop.Token));
        var stored = new List<Candle>();
        await storage.Get<CandleReader>().ReadAsync(instrument.DatabaseId, Timeframe.OneMinute, 0, ended + Minute, stored, stop.Token);
        Assert.Equal(exchange.History.Where(c => c.OpenTime <= known), stored);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
