using CryptoScreener.AlertEngine.Delivery.Routing;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class DeliveryRoutingTests
{
    private static readonly EndpointRoute[] Endpoints = [new("ops", null), new("pager", "alice"), new("chat", "alice"), new("mail", "alice"), new("bobs", "bob")];

    private static readonly EscalationPolicy Critical = new()
    {
        Id = "p",
        Owner = "alice",
        Name = "wake me",
        Severity = AlertSeverity.Critical,
        Steps = [new(0, ["pager", "chat"]), new(900, ["mail", "bobs"])],
    };

    [Fact]
    public void Without_a_policy_all_its_owners_endpoints_hear_at_once_and_nobody_elses()
    {
        Assert.Equal(["chat", "mail", "pager"], Targets(Messages.Alert(owner: "alice")));
        Assert.Equal(["ops"], Targets(Messages.Alert()));
        Assert.Empty(Targets(Messages.Alert(owner: "carol")));
    }

    [Fact]
    public void A_rule_that_names_endpoints_reaches_those_of_them_that_are_its_owners() =>
        Assert.Equal(["chat"], Targets(Messages.Alert(owner: "alice"), rules: ["chat", "chat", "bobs", "gone"]));

    [Fact]
    public void A_policy_tells_step_by_step_within_its_owners_endpoints()
    {
        var deliveries = Route(Messages.Alert(severity: AlertSeverity.Critical, owner: "alice"), [Critical]);
        Assert.Equal(
            [("chat", 0.0, 0), ("mail", 900.0, 2), ("pager", 0.0, 0)],
            deliveries.OrderBy(d => d.EndpointId).Select(d => (d.EndpointId, d.Delay.TotalSeconds, d.Step)));
    }

    [Fact]
    public void A_policy_for_a_severity_stands_before_the_one_for_all()
    {
        var others = Critical with { Id = "q", Severity = null, Steps = [new(0, ["mail"])] };
        Assert.Equal(["mail"], Targets(Messages.Alert(severity: AlertSeverity.Info, owner: "alice"), policies: [Critical, others]));
        Assert.Equal(["chat", "mail", "pager"], Targets(Messages.Alert(severity: AlertSeverity.Critical, owner: "alice"), policies: [others, Critical]));
    }

    [Fact]
    public void The_end_of_an_alert_wakes_nobody_later() =>
        Assert.Equal(["chat", "pager"], Targets(Messages.Alert(severity: AlertSeverity.Critical, state: AlertState.Resolved, owner: "alice"), policies: [Critical]));

    [Fact]
    public void A_late_alert_goes_nowhere() => Assert.Empty(Targets(Messages.Alert(owner: "alice") with { Late = true }));

    [Fact]
    public void Whether_an_end_is_told_does_not_hang_on_when_it_was_found() =>
        Assert.Equal(["chat", "mail", "pager"], Targets(Messages.Alert(state: AlertState.Resolved, owner: "alice") with { Late = true }));

    [Fact]
    public void A_suppressed_alert_goes_nowhere() =>
        Assert.Empty(Targets(Messages.Alert(owner: "alice") with { Suppressed = new AlertSuppression(SuppressionReason.Silence, "1") }));

    [Fact]
    public void The_same_alert_makes_the_same_deliveries_and_each_step_its_own()
    {
        var alert = Messages.Alert(severity: AlertSeverity.Critical, owner: "alice");
        var twice = Critical with { Steps = [new(0, ["pager"]), new(60, ["pager"]), new(120, ["pager"])] };
        var ids = Route(alert, [twice]).Select(d => d.Id).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids, Route(alert, [twice]).Select(d => d.Id));
    }

    private static List<NewDelivery> Route(AlertEvent alert, EscalationPolicy[] policies, Dictionary<string, string[]>? rules = null) =>
        [.. new DeliveryRouting(Endpoints, policies, rules ?? []).Of(alert)];

    private static IEnumerable<string> Targets(AlertEvent alert, string[]? rules = null, params EscalationPolicy[] policies) =>
        Route(alert, policies, rules is null ? null : new() { [alert.RuleId] = rules }).Select(d => d.EndpointId).Order();
}
