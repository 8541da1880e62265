using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.Contracts;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

/// <summary>A ring of alerts with one follower, who began before the first of them and takes when a test says so.</summary>
internal sealed class FollowedRing : IWake
{
    private const long Epoch = 7;
    private readonly AlertRing _ring = new();
    private readonly AlertSubscription _follower;
    private int _added;

    internal FollowedRing(RealtimeOptions options, string? symbol = null)
    {
        _ring.Restart(Epoch, floor: 0);
        var cursor = new AlertCursor(_ring, new AlertFilter(Account.Anonymous, Symbol: symbol), Epoch, 0);
        _follower = new AlertSubscription(
            "alerts-1", new AlertStart(cursor, From: 0, Recovered: false), new AlertMessages(), new AlertBell(_ring), this, options, Time);
    }

    internal ManualTime Time { get; } = new();

    void IWake.Wake()
    {
    }

    internal void Add(string symbol, int count = 1)
    {
        for (var i = 0; i < count; i++)
            _ring.Add(new StreamedAlert((ulong)++_added, GoldenFileTests.SampleAlert with { Owner = null, Symbol = symbol }, "{}"u8.ToArray()), isNews: true);
    }

    internal Supply Take(List<Outgoing> messages) => _follower.Take(messages);
}
