using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

public sealed class FormingLookUpTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task While_no_socket_can_be_opened_forming_candles_are_looked_up()
    {
        await using var exchange = await SimulatedExchange.StartAsync("binance-futures", "--instruments", "4", "--leasttrades", "500");
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var storage = await TestStorage.CreateAsync(servers);
        using var stop = new CancellationTokenSource();
        var forming = new ConcurrentDictionary<string, ConcurrentQueue<double>>();
        var listening = bus.Listener.ListenAsync("candles.live.>", message => Note(message.Subject, message.Data), stop.Token);
        await using var collector = await RunningCollector.StartAsync(
            exchange, nats.Url, storage.ConnectionString, $"--Collector:Exchanges:{exchange.Name}:StreamUrl=ws://127.0.0.1:1");

        await Eventually.TrueAsync(() => forming.Count == 4 && forming.Values.All(volumes => volumes.Distinct().Count() > 2), "every instrument's minutes are seen to grow");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);

        void Note(string subject, ReadOnlySpan<byte> data)
        {
            var symbol = subject.Split('.')[^2];
            Assert.True(CandleCodec.TryRead(data, new InstrumentId(exchange.Name, symbol), out var update));
            Assert.Equal((false, CandleSource.Forming), (update.IsClosed, update.Source));
            forming.GetOrAdd(symbol, _ => []).Enqueue(update.Candle.Volume);
        }
    }
}
