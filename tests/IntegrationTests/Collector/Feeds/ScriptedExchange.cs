using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>An exchange whose sockets acknowledge everything and then say only what a test lets them say.</summary>
internal sealed class ScriptedExchange : IExchange, IAsyncDisposable
{
    private const string Farewell = "bye";
    private readonly WebApplication _server;
    private int _handshakes;
    private int _answered;
    private readonly List<WebSocket> _sockets = [];
    private readonly ConcurrentDictionary<int, List<string>> _heard = new();

    private ScriptedExchange(WebApplication server) => _server = server;

    public string Name => "binance-futures";

    public bool IsSimulated => true;

    public int InstrumentsPerSocket { get; init; } = 10;

    public Uri StreamUri => new($"ws://{new Uri(_server.Urls.First()).Authority}/");

    public ConnectionLimit ConnectionLimit => new(1_000, TimeSpan.FromSeconds(1));

    public KeepAlive? KeepAlive => null;

    public ReadOnlyMemory<byte> Question { get; } = "?"u8.ToArray();

    /// <summary>Whether it answers what it is sent.</summary>
    internal bool Answers { get; set; } = true;

    /// <summary>How many of its answers were read.</summary>
    internal int Answered => Volatile.Read(ref _answered);

    /// <summary>How the exchange answers when it is asked for candles.</summary>
    internal Func<string, long, long, IReadOnlyList<Candle>> Rows { get; set; } = (_, _, _) => [];

    internal bool RefusesSockets { get; set; }

    /// <summary>How many sockets were asked for, also those that were refused.</summary>
    internal int Handshakes => Volatile.Read(ref _handshakes);

    internal int Count
    {
        get
        {
            lock (_sockets) return _sockets.Count;
        }
    }

    internal static async Task<ScriptedExchange> StartAsync(int instrumentsPerSocket = 10)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var exchange = new ScriptedExchange(server) { InstrumentsPerSocket = instrumentsPerSocket };
        server.UseWebSockets();
        server.Run(exchange.ServeAsync);
        await server.StartAsync();
        return exchange;
    }

    internal bool IsOpen(int socket) => Socket(socket).State == WebSocketState.Open;

    /// <summary>What the client sent on a socket.</summary>
    internal IReadOnlyList<string> HeardOn(int socket)
    {
        if (!_heard.TryGetValue(socket, out var heard)) return [];
        lock (heard) return [.. heard];
    }

    internal Task AnnounceEndAsync(int socket) => SendAsync(socket, Farewell);

    internal void Cut(int socket) => Socket(socket).Abort();

    internal Task SayAsync(int socket, string symbol, long minute, double volume = 1) => SendAsync(
        socket, string.Create(CultureInfo.InvariantCulture, $"{symbol} {minute} {volume}"));

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<ListedInstrument>>([]);

    public Task<long> TimeAsync(CancellationToken stop) => Task.FromResult(0L);

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        Task.FromResult(Rows(symbol, from, through));

    public Task<IReadOnlyList<Candle>> HistoryAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        Task.FromResult(Rows(symbol, from, through));

    public IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols) => [string.Join(',', symbols)];

    public FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline)
    {
        kline = default;
        var words = Encoding.UTF8.GetString(frame).Split(' ');
        if (words is [Farewell]) return FrameKind.GoingAway;
        if (words.Length != 3)
        {
            Interlocked.Increment(ref _answered);
            return FrameKind.Control;
        }

        var (minute, volume) = (long.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture));
        kline = new Kline(symbols.Find(Encoding.UTF8.GetBytes(words[0]))!, new Candle(minute, 1, 1, 1, 1, volume, volume, 1, 0, 0), false, minute);
        return FrameKind.Kline;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_sockets)
            foreach (var socket in _sockets) socket.Abort();
        await _server.DisposeAsync();
    }

    private WebSocket Socket(int socket)
    {
        lock (_sockets) return _sockets[socket];
    }

    private async Task SendAsync(int socket, string frame) =>
        await Socket(socket).SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _handshakes);
        if (RefusesSockets)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        int number;
        lock (_sockets)
        {
            number = _sockets.Count;
            _sockets.Add(socket);
        }

        try
        {
            await HearAsync(socket, number);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // cut
        }
    }

    private async Task HearAsync(WebSocket socket, int number)
    {
        var buffer = new byte[4096];
        var heard = _heard.GetOrAdd(number, _ => []);
        while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text } frame)
        {
            if (Answers) await SendAsync(number, "ok");
            lock (heard) heard.Add(Encoding.UTF8.GetString(buffer, 0, frame.Count));
        }
    }
}
