using System.Text.Json.Nodes;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.Contracts;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

/// <summary>Who follows what is rare is told how far it is: the place of its last alert may be forgotten when it comes back.</summary>
public sealed class AlertPlaceTests : IWake
{
    private const long Epoch = 7;
    private readonly ManualTime _time = new();
    private readonly AlertRing _ring = new();
    private readonly AlertSubscription _follower;
    private int _added;

    public AlertPlaceTests()
    {
        _ring.Restart(Epoch, floor: 0);
        var cursor = new AlertCursor(_ring, new AlertFilter(Account.Anonymous, Symbol: "SELDOM"), Epoch, 0);
        _follower = new AlertSubscription(
            "alerts-1", new AlertStart(cursor, From: 0, Recovered: false), new AlertMessages(), new AlertBell(_ring), this, new RealtimeOptions(), _time);
    }

    void IWake.Wake()
    {
    }

    [Fact]
    public void Others_alerts_move_the_place_and_now_and_then_it_is_said()
    {
        Add("OFTEN");
        Assert.Empty(Take());
        _time.Advance(TimeSpan.FromSeconds(15));
        Add("OFTEN");
        var place = Assert.Single(Take());
        Assert.Equal(("place", "alerts-1", 2L, "7"), ((string?)place["type"], (string?)place["subscription"], (long)place["sequence"]!, (string?)place["epoch"]));
        Add("OFTEN");
        Assert.Empty(Take());
    }

    [Fact]
    public void An_alert_says_it_as_well_and_what_has_not_changed_is_not_said()
    {
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(Take());
        Add("SELDOM");
        Assert.Equal("update", (string?)Assert.Single(Take())["type"]);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(Take());
    }

    private List<JsonNode> Take()
    {
        var messages = new List<Outgoing>();
        _follower.Take(messages);
        return messages.ConvertAll(message => JsonNode.Parse(message.Json.Span)!);
    }

    private void Add(string symbol) =>
        _ring.Add(new StreamedAlert((ulong)++_added, GoldenFileTests.SampleAlert with { Owner = null, Symbol = symbol }, "{}"u8.ToArray()), isNews: true);
}
