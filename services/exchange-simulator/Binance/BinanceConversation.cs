using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>One client on a Binance socket: subscriptions, their limits and the answers.</summary>
internal sealed class BinanceConversation(
    Feed feed, BinanceStreams streams, BinanceSocketRules rules, MessageRate rate, bool isCombined, bool delivers, string[] initial) : IConversation
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isCombined = isCombined;

    public void Opened(ClientSocket socket)
    {
        feed.Join(socket);
        Subscribe(socket, initial);
    }

    public void Closed(ClientSocket socket) => feed.Leave(socket);

    public void Received(ClientSocket socket, ReadOnlySpan<byte> text)
    {
        if (!rate.TryTake())
        {
            socket.Close(CloseCode.PolicyViolation, "Too many requests");
            return;
        }

        if (BinanceRequest.Parse(text, out var refusal) is { } request) Answer(socket, request);
        else socket.Send(refusal);
    }

    private void Answer(ClientSocket socket, BinanceRequest request)
    {
        switch (request.Method)
        {
            case "SUBSCRIBE":
                if (!HasRoom(request.Names))
                {
                    socket.Send(BinanceRequest.Error(4, "Too many subscriptions", request.Id));
                    socket.Close(CloseCode.PolicyViolation, "Too many subscriptions");
                    return;
                }

                socket.Send(Result("null", request.Id));
                Subscribe(socket, request.Names);
                return;
            case "UNSUBSCRIBE":
                foreach (var name in request.Names)
                    if (_names.Remove(name)) streams.Unsubscribe(name, socket);
                socket.Send(Result("null", request.Id));
                return;
            case "LIST_SUBSCRIPTIONS":
                socket.Send(Result(JsonSerializer.Serialize(_names.ToArray(), BinanceJson.Default.StringArray), request.Id));
                return;
            case "SET_PROPERTY" when request.Names is ["combined"] && request.Value is { } value:
                _isCombined = value;
                Subscribe(socket, [.. _names]);
                socket.Send(Result("null", request.Id));
                return;
            case "GET_PROPERTY" when request.Names is ["combined"]:
                socket.Send(Result(_isCombined ? "true" : "false", request.Id));
                return;
            default:
                socket.Send(BinanceRequest.Error(2, "Invalid request: unknown variant or property", request.Id));
                return;
        }
    }

    private bool HasRoom(string[] names)
    {
        var added = names.Where(n => !_names.Contains(n)).Distinct(StringComparer.Ordinal).Count();
        return _names.Count + added <= rules.StreamsPerConnection;
    }

    private void Subscribe(ClientSocket socket, string[] names)
    {
        foreach (var name in names)
        {
            _names.Add(name);
            if (delivers) streams.Subscribe(name, socket, _isCombined);
        }
    }

    private static string Result(string json, string id) => $"{{\"result\":{json},\"id\":{id}}}";
}
