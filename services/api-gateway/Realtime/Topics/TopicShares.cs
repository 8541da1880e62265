using System.Runtime.InteropServices;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>How many different topics each client's sockets have. Used under the clock's lock.</summary>
internal sealed class TopicShares(int most)
{
    private readonly Dictionary<string, Dictionary<string, int>> _clients = new(StringComparer.Ordinal);

    public bool HasRoom(string client, string topic) => !_clients.TryGetValue(client, out var taken) || taken.Count < most || taken.ContainsKey(topic);

    public void Take(string client, string topic)
    {
        if (!_clients.TryGetValue(client, out var taken)) _clients[client] = taken = new Dictionary<string, int>(StringComparer.Ordinal);
        CollectionsMarshal.GetValueRefOrAddDefault(taken, topic, out _)++;
    }

    public void Give(string client, string topic)
    {
        var taken = _clients[client];
        if (--taken[topic] == 0) taken.Remove(topic);
        if (taken.Count == 0) _clients.Remove(client);
    }
}
