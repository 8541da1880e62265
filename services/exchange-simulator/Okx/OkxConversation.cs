using System.Text;
using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>One client on an OKX socket. Candles live on the business address, tickers on the public one.</summary>
internal sealed class OkxConversation(OkxSwap venue, OkxChannels channels, RequestWindow requests) : IConversation
{
    private const int LongestRequest = 65_536;
    private readonly string _connection = Guid.NewGuid().ToString("N")[..8];
    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    public void Opened(ClientSocket socket) => venue.Feed.Join(socket);

    public void Closed(ClientSocket socket) => venue.Feed.Leave(socket);

    public void Received(ClientSocket socket, ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("ping"u8)) socket.Send("pong"u8);
        else if (text.Length > LongestRequest) Refuse(socket, "60012", "Request is too long");
        else Take(socket, text.ToArray());
    }

    private void Take(ClientSocket socket, byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var op = document.RootElement.GetProperty("op").GetString();
            if (op is not ("subscribe" or "unsubscribe")) Refuse(socket, "60012", $"Invalid request: {op}");
            else if (!requests.TryTake("")) Refuse(socket, "60014", "Requests too frequent");
            else
                foreach (var arg in document.RootElement.GetProperty("args").EnumerateArray()) Take(socket, op, arg);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            Refuse(socket, "60012", "Invalid request: " + Encoding.UTF8.GetString(text).Replace('"', '\''));
        }
    }

    private void Take(ClientSocket socket, string op, JsonElement arg)
    {
        var channel = arg.GetProperty("channel").GetString() ?? "";
        var instrument = arg.TryGetProperty("instId", out var id) ? id.GetString() ?? "" : "";
        var key = channel + "|" + instrument;
        if (op == "unsubscribe")
        {
            if (_topics.Remove(key, out var left)) venue.Feed.Unsubscribe(left, socket);
        }
        else if (channels.Find(venue, channel, instrument) is { } topic)
        {
            _topics[key] = topic;
            venue.Feed.Subscribe(topic, socket, [], []);
        }
        else
        {
            Refuse(socket, "60018", $"Wrong URL or channel:{channel},instId:{instrument} doesn't exist. Please use the correct URL, channel and parameters referring to API document.");
            return;
        }

        socket.Send($"{{\"event\":\"{op}\",\"arg\":{arg.GetRawText()},\"connId\":\"{_connection}\"}}");
    }

    private void Refuse(ClientSocket socket, string code, string message) =>
        socket.Send($"{{\"event\":\"error\",\"code\":\"{code}\",\"msg\":{JsonSerializer.Serialize(message, OkxJson.Default.String)},\"connId\":\"{_connection}\"}}");
}
