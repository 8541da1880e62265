using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.UnitTests.Simulator;

public class FeedTests
{
    [Fact]
    public void An_update_allocates_nothing()
    {
        var time = new ManualTime();
        var clock = new SimulationClock(time, Markets.Start, speed: 1);
        var market = new Market(clock, Markets.At(Markets.Start, instruments: 5).Listings);
        var format = new CountingFormat();
        var feed = new Feed(market, format, new FaultBoard(time), updatesPerSecond: 10);
        using var socket = new ClientSocket(Stream.Null, 0, () => { }) { IsHalfOpen = true };
        foreach (var listing in market.Listings) feed.Subscribe(feed.Klines(listing.Instrument.Index, Interval.Minute), socket, [], []);

        var real = 0L;
        Step(200);
        var (frames, before) = (format.Frames, GC.GetAllocatedBytesForCurrentThread());
        Step(200);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(format.Frames - frames > 100, $"{format.Frames - frames} frames");

        void Step(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                feed.Advance(real += 100);
            }
        }
    }

    private sealed class CountingFormat : IWireFormat
    {
        private readonly BinanceFormat _format = new();

        public int Frames { get; private set; }

        public void WriteKline(ref Utf8Builder json, Instrument instrument, Interval interval, in Bar bar, bool isClosed, long eventTime)
        {
            Frames++;
            _format.WriteKline(ref json, instrument, interval, bar, isClosed, eventTime);
        }

        public void WriteTicker(ref Utf8Builder json, TickerKind kind, Instrument instrument, in Bar day, long eventTime) =>
            _format.WriteTicker(ref json, kind, instrument, day, eventTime);
    }
}
