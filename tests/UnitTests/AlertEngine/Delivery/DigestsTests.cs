using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class DigestsTests
{
    [Fact]
    public void A_burst_of_one_rule_is_told_at_once_and_what_does_not_belong_to_it_alone()
    {
        ClaimedDelivery[] claimed = [Of("a", "pump:1"), Of("x", "other:1"), Of("b", "pump:1"), Of("c", "pump:1"), Of("y", "other:1"), Of("z", null)];
        Assert.Equal(["a b c", "x", "y", "z"], Split(claimed, messages: 10, size: 20));
    }

    [Fact]
    public void Bursts_of_different_minutes_are_different_and_the_end_of_an_alert_belongs_to_none()
    {
        ClaimedDelivery[] claimed = [Of("a", "pump:1"), Of("b", "pump:1"), Of("c", "pump:2"), Of("d", "pump:1", AlertState.Resolved)];
        Assert.Equal(["a", "b", "c", "d"], Split(claimed, messages: 10, size: 20));
    }

    [Fact]
    public void A_burst_takes_as_many_messages_as_it_needs() =>
        Assert.Equal(["0 1 2 3", "4 5"], Split([.. Enumerable.Range(0, 6).Select(i => Of($"{i}", "pump:1"))], messages: 10, size: 4));

    [Fact]
    public void Without_room_for_a_message_each_everything_goes_together() =>
        Assert.Equal(["a b c"], Split([Of("a", null), Of("b", "x:1"), Of("c", "y:1")], messages: 2, size: 20));

    [Fact]
    public void A_channel_that_tells_one_alert_in_a_message_never_gets_more() =>
        Assert.Equal(["a", "b", "c"], Split([Of("a", "pump:1"), Of("b", "pump:1"), Of("c", "pump:1")], messages: 1, size: 1));

    [Fact]
    public void A_digest_of_one_rule_is_named_by_it()
    {
        OutgoingAlert Told(string type, AlertSeverity severity) => Messages.Outgoing(Messages.Alert(severity: severity) with { RuleType = type });
        Assert.Equal("🔴 2 × pump", AlertText.DigestTitle([Told("pump", AlertSeverity.Info), Told("pump", AlertSeverity.Critical)]));
        Assert.Equal("2 alerts", AlertText.DigestTitle([Told("pump", AlertSeverity.Info), Told("dump", AlertSeverity.Info)]));
    }

    private static IEnumerable<string> Split(ClaimedDelivery[] claimed, int messages, int size) =>
        Digests.Split(claimed, messages, size).Select(message => string.Join(' ', message.Select(delivery => delivery.Id)));

    private static ClaimedDelivery Of(string id, string? group, AlertState state = AlertState.Fired) =>
        new(id, "chat", DeliveryEvent.Alert, Messages.Alert(id, state: state) with { Group = group }, 0, 0);
}
