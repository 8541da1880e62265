using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>Each process's own network: one link to every server it uses, and to the exchange.</summary>
internal sealed class ChaosLinks : IAsyncDisposable
{
    private readonly List<FaultyLink> _all = [];

    public IReadOnlyList<FaultyLink> All => _all;

    /// <summary>The settings that make the next process of a service go through links of its own.</summary>
    public Dictionary<string, string> SettingsOf(LocalScreener stack, string service)
    {
        var settings = new Dictionary<string, string>
        {
            ["Messaging__Url"] = $"nats://127.0.0.1:{Link(service, "NATS", stack.Nats.Port)}",
            ["Storage__ConnectionString"] = new NpgsqlConnectionStringBuilder(stack.DatabaseConnection) { Port = int.Parse(Link(service, "PostgreSQL", stack.Postgres.Port), null) }.ConnectionString,
            ["Storage__Redis"] = $"127.0.0.1:{Link(service, "Redis", stack.Redis.Port)}",
        };
        if (service != "data-collector") return settings;
        var exchange = Link(service, "exchange", stack.SimulatorApi!.Port);
        foreach (var name in stack.Exchanges)
        {
            settings[$"Collector__Exchanges__{name}__RestUrl"] = $"http://127.0.0.1:{exchange}/{name}";
            settings[$"Collector__Exchanges__{name}__StreamUrl"] = $"ws://127.0.0.1:{exchange}/{name}";
        }

        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _all) await link.DisposeAsync();
    }

    private string Link(string service, string server, int port)
    {
        var link = new FaultyLink($"{service} – {server} ({_all.Count})", port);
        _all.Add(link);
        return link.Port;
    }
}
