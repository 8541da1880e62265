using System.Net.WebSockets;
using System.Text;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.IntegrationTests.Collector.Exchanges;

public sealed class AdapterTests(SimulatedVenues venues) : IClassFixture<SimulatedVenues>
{
    private static readonly Timeframe FiveMinutes = new(5);

    public static TheoryData<string> Names => ["binance-futures", "binance-spot", "bybit-linear", "okx-swap"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Instruments_are_listed_with_their_assets_and_their_days_volume(string name)
    {
        var listed = await venues.Adapter(name).ListAsync(CancellationToken.None);
        Assert.Equal(5, listed.Count);
        Assert.All(listed, i => Assert.True(i is { QuoteAsset: "USDT", TickSize: > 0, LotSize: > 0, QuoteVolume24h: > 0 } && InstrumentId.IsToken(i.Symbol), $"{i}"));
        Assert.Contains(listed, i => i.BaseAsset == "BTC");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task History_over_several_pages_has_every_minute_once_and_adds_up_to_longer_bars(string name)
    {
        const int minutes = 2_000; // more than two pages of every exchange, and beyond OKX's recent candles
        var exchange = venues.Adapter(name);
        var symbol = await BitcoinAsync(exchange);
        var through = FiveMinutes.OpenOf(await exchange.TimeAsync(CancellationToken.None)) - FiveMinutes.Milliseconds;
        var from = through - (minutes * Timeframe.MinuteMs);
        var rows = await exchange.CandlesAsync(symbol, Timeframe.OneMinute, from, through - 1, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, minutes).Select(i => from + (i * Timeframe.MinuteMs)), rows.Select(r => r.OpenTime));
        Assert.All(rows, r => Assert.Null(r.Absurdity()));

        var bars = await exchange.CandlesAsync(symbol, FiveMinutes, from, through - 1, CancellationToken.None);
        Assert.Equal(rows.Chunk(5).Select(Merged), bars.Select(b => (b.OpenTime, b.Open, b.High, b.Low, b.Close, Math.Round(b.Volume, 6))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_closed_candle_of_the_stream_is_the_one_of_the_history(string name)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var exchange = venues.Adapter(name);
        var symbol = await BitcoinAsync(exchange);
        var streamed = await FirstClosedAsync(exchange, symbol, patience.Token);
        var rows = await exchange.CandlesAsync(symbol, Timeframe.OneMinute, streamed.OpenTime, streamed.OpenTime, patience.Token);
        Assert.Equal(streamed, Assert.Single(rows));
    }

    private static async Task<Candle> FirstClosedAsync(IExchange exchange, string symbol, CancellationToken stop)
    {
        var symbols = new SymbolLookup([new FollowedInstrument(new InstrumentId(exchange.Name, symbol), databaseId: 1, partition: 0, epoch: 1)]);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(exchange.StreamUri, stop);
        foreach (var frame in exchange.SubscribeFrames([symbol])) await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, stop);
        if (exchange.KeepAlive is { } keepAlive) await socket.SendAsync(keepAlive.Frame, WebSocketMessageType.Text, true, stop);
        var buffer = new byte[16_384];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            var kind = exchange.Parse(buffer.AsSpan(0, length), symbols, out var kline);
            Assert.True(kind is FrameKind.Kline or FrameKind.Control, $"{kind}: {Encoding.UTF8.GetString(buffer, 0, length)}");
            if (kind == FrameKind.Kline && kline.IsClosed) return kline.Candle;
        }
    }

    private static async Task<string> BitcoinAsync(IExchange exchange) =>
        (await exchange.ListAsync(CancellationToken.None)).Single(i => i.BaseAsset == "BTC").Symbol;

    private static (long OpenTime, double Open, double High, double Low, double Close, double Volume) Merged(Candle[] minutes) =>
        (minutes[0].OpenTime, minutes[0].Open, minutes.Max(m => m.High), minutes.Min(m => m.Low), minutes[^1].Close, Math.Round(minutes.Sum(m => m.Volume), 6));
}
