using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.UnitTests.Simulator;

public class ConnectionCareTests
{
    [Fact]
    public void Where_a_client_must_speak_data_count_as_much_as_its_words()
    {
        var time = new ManualTime();
        var market = new Market(new SimulationClock(time, Markets.Start, speed: 1), Markets.At(Markets.Start, instruments: 1).Listings);
        var feed = new Feed(market, new BinanceFormat(), new FaultBoard(time), updatesPerSecond: 1);
        var care = new ConnectionCare(feed, new ConnectionRules(TimeSpan.FromDays(1), null, default, MustSpeakEvery: TimeSpan.FromSeconds(30)), time);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        using var busy = new ClientSocket(Stream.Null, now, () => { });
        using var idle = new ClientSocket(Stream.Null, now, () => { });
        feed.Join(busy);
        feed.Join(idle);
        for (var second = 0; second < 60; second++)
        {
            busy.Send("{}");
            time.Advance(TimeSpan.FromSeconds(1));
            care.Look();
        }

        Assert.Equal((false, true), (busy.IsClosing, idle.IsClosing));
        for (var second = 0; second < 32; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            care.Look();
        }

        Assert.True(busy.IsClosing); // nothing was sent any more
    }
}
