using System.Text.Json.Nodes;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Sockets;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

/// <summary>Who follows what is rare is told how far it is: the place of its last alert may be forgotten when it comes back.</summary>
public sealed class AlertPlaceTests
{
    private readonly FollowedRing _ring = new(new RealtimeOptions(), symbol: "SELDOM");

    [Fact]
    public void Others_alerts_move_the_place_and_now_and_then_it_is_said()
    {
        _ring.Add("OFTEN");
        Assert.Empty(Take());
        _ring.Time.Advance(TimeSpan.FromSeconds(15));
        _ring.Add("OFTEN");
        var place = Assert.Single(Take());
        Assert.Equal(("place", "alerts-1", 2L, "7"), ((string?)place["type"], (string?)place["subscription"], (long)place["sequence"]!, (string?)place["epoch"]));
        _ring.Add("OFTEN");
        Assert.Empty(Take());
    }

    [Fact]
    public void An_alert_says_it_as_well_and_what_has_not_changed_is_not_said()
    {
        _ring.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(Take());
        _ring.Add("SELDOM");
        Assert.Equal("update", (string?)Assert.Single(Take())["type"]);
        _ring.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(Take());
    }

    private List<JsonNode> Take()
    {
        var messages = new List<Outgoing>();
        _ring.Take(messages);
        return messages.ConvertAll(message => JsonNode.Parse(message.Json.Span)!);
    }
}
