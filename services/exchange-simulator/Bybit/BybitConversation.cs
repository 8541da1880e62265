using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>One client on Bybit's public linear socket. A request with one wrong topic, as of what is traded no more, is refused whole.</summary>
internal sealed class BybitConversation(BybitLinear venue) : IConversation
{
    private const int LongestArguments = 21_000;
    private readonly string _connection = Guid.NewGuid().ToString();
    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    public void Opened(ClientSocket socket) => venue.Feed.Join(socket);

    public void Closed(ClientSocket socket) => venue.Feed.Leave(socket);

    public void Received(ClientSocket socket, ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            using var document = JsonDocument.ParseValue(ref reader);
            Take(socket, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            Answer(socket, isSuccess: false, "Invalid request", "null", "");
        }
    }

    private void Take(ClientSocket socket, JsonElement request)
    {
        var op = request.GetProperty("op").GetString() ?? "";
        var id = request.TryGetProperty("req_id", out var given) ? given.GetRawText() : "\"\"";
        switch (op)
        {
            case "ping":
                Answer(socket, isSuccess: true, "pong", id, op);
                return;
            case "subscribe":
                Subscribe(socket, Names(request), id);
                return;
            case "unsubscribe":
                foreach (var name in Names(request))
                    if (_topics.Remove(name, out var topic)) venue.Feed.Unsubscribe(topic, socket);
                Answer(socket, isSuccess: true, "", id, op);
                return;
            default:
                Answer(socket, isSuccess: false, "error:request error", id, op);
                return;
        }
    }

    private void Subscribe(ClientSocket socket, string[] names, string id)
    {
        const string Op = "subscribe";
        if (_topics.Keys.Concat(names).Sum(n => n.Length) > LongestArguments)
        {
            Answer(socket, isSuccess: false, "error:args size > 21000", id, Op);
            return;
        }

        if (Array.Find(names, n => Find(n) is null) is { } wrong)
        {
            Answer(socket, isSuccess: false, $"error:handler not found,topic:{JsonEncodedText.Encode(wrong)}", id, Op);
            return;
        }

        Answer(socket, isSuccess: true, "", id, Op);
        foreach (var name in names) venue.Feed.Subscribe(_topics[name] = Find(name)!, socket, [], []);
    }

    private static string[] Names(JsonElement request) => [.. request.GetProperty("args").EnumerateArray().Select(a => a.GetString() ?? "")];

    private Topic? Find(string name) => name.Split('.') switch
    {
        ["kline", var interval, var symbol] when BybitIntervals.Parse(interval) is { } length && Traded(symbol) is { } listing
            => venue.Feed.Klines(listing.Instrument.Index, length),
        ["tickers", var symbol] when Traded(symbol) is { } listing => venue.Feed.Ticker(listing.Instrument.Index),
        _ => null,
    };

    private Listing? Traded(string symbol) => venue.Market.Find(symbol) is { } listing && venue.Market.Clock.NowMs < listing.EndsAt ? listing : null;

    private void Answer(ClientSocket socket, bool isSuccess, string message, string id, string op) => socket.Send(
        $"{{\"success\":{(isSuccess ? "true" : "false")},\"ret_msg\":\"{message}\",\"conn_id\":\"{_connection}\",\"req_id\":{id},\"op\":\"{op}\"}}");
}
