using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class AlertSummaryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly long From = new DateTimeOffset(AlertEvents.Noon).ToUnixTimeMilliseconds();

    [Fact]
    public async Task Firings_are_counted_by_severity_rule_and_instrument_for_whoever_may_see_them()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await AlertEvents.RecordAsync(
            storage,
            [
                AlertEvents.Alert(-1), AlertEvents.Alert(0), AlertEvents.Alert(1), AlertEvents.Alert(2, "ETHUSDT"), AlertEvents.Alert(4, "ETHUSDT", "pioneer"),
                AlertEvents.Alert(6, "XRPUSDT", "hers", owner: "alice"), Ending(8, 0),
            ]);
        await storage.Get<AlertStore>().AcknowledgeAsync("alert-001", "bob");
        var summaries = storage.Get<AlertSummaries>();

        var everybodys = await summaries.SinceAsync(From, visibleTo: null, ofEveryOwner: false);
        Assert.Equal((4, 1), (everybodys.Total, everybodys.Acknowledged));
        Assert.Equal(new Dictionary<AlertSeverity, long> { [AlertSeverity.Critical] = 3, [AlertSeverity.Info] = 1 }, everybodys.BySeverity);
        Assert.Equal([("rule-of-custom", 3), ("rule-of-pioneer", 1)], everybodys.ByRule);
        Assert.Equal([("binance-futures", "BTCUSDT", 2), ("binance-futures", "ETHUSDT", 2)], everybodys.BySymbol);
        Assert.Equal(5, (await summaries.SinceAsync(From, "alice", ofEveryOwner: false)).Total);
        Assert.Equal(5, (await summaries.SinceAsync(From, null, ofEveryOwner: true)).Total);
        Assert.Equal(new Dictionary<string, long> { ["rule-of-custom"] = 3, ["rule-of-pioneer"] = 1, ["rule-of-hers"] = 1 }, await summaries.ByRuleAsync(From));
    }

    [Fact]
    public async Task What_fired_at_each_bar_and_has_ended_is_not_active_and_what_fired_again_is_once()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await AddRulesAsync(storage);
        await AlertEvents.RecordAsync(
            storage,
            [
                AlertEvents.Alert(0), AlertEvents.Alert(2), AlertEvents.Alert(4), Ending(6, 4),
                AlertEvents.Alert(10, "ETHUSDT"), AlertEvents.Alert(12, "ETHUSDT"), Ending(14, 12, "ETHUSDT"), AlertEvents.Alert(16, "ETHUSDT"), AlertEvents.Alert(18, "ETHUSDT"),
            ]);
        Assert.Equal(1, await ActiveAsync(storage));
    }

    [Fact]
    public async Task What_ends_and_what_begins_anew_in_the_same_moment_are_told_apart_by_their_order()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await AddRulesAsync(storage);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(20), Ending(21, 20, minute: 20)]);
        Assert.Equal(0, await ActiveAsync(storage));
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(30), Ending(31, 30, minute: 32), AlertEvents.Alert(32)]);
        Assert.Equal(1, await ActiveAsync(storage));
    }

    [Fact]
    public async Task A_rule_that_became_more_severe_goes_on_once_and_one_that_cannot_end_does_not()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await AddRulesAsync(storage);
        var (info, critical) = (AlertEvents.Alert(1), AlertEvents.Alert(2)); // their severities alternate
        await AlertEvents.RecordAsync(storage, [info, critical]);
        Assert.Equal(1, await ActiveAsync(storage));
        await AlertEvents.RecordAsync(storage, [Ending(3, 2)]);
        Assert.Equal(0, await ActiveAsync(storage));
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(4, ruleType: "leaving"), AlertEvents.Alert(6, ruleType: "off"), AlertEvents.Alert(8, ruleType: "deleted")]);
        Assert.Equal(0, await ActiveAsync(storage));
    }

    [Fact]
    public async Task Nothing_fired_is_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var summary = await storage.Get<AlertSummaries>().SinceAsync(From, null, ofEveryOwner: true);
        Assert.Equal((0, 0, 0, 0, 0), (summary.Total, summary.Active, summary.Acknowledged, summary.ByRule.Count, summary.BySymbol.Count));
    }

    private static async Task<long> ActiveAsync(TestStorage storage) => (await storage.Get<AlertSummaries>().SinceAsync(From, null, ofEveryOwner: true)).Active;

    private static async Task AddRulesAsync(TestStorage storage)
    {
        var rules = storage.Get<RuleStore>();
        await rules.AddAsync(Rule("custom"), null);
        await rules.AddAsync(Rule("leaving") with { Trigger = new TriggerOptions { Mode = TriggerMode.OnExit } }, null);
        await rules.AddAsync(Rule("off") with { Enabled = false }, null);
        await rules.AddAsync(Rule("deleted"), null);
        await rules.DeleteAsync("rule-of-deleted");
    }

    private static RuleDefinition Rule(string type) => new() { Id = $"rule-of-{type}", Version = 1, Name = type, RuleType = type, Expression = "price > 0" };

    private static StoredAlert Ending(int number, int firing, string symbol = "BTCUSDT", int? minute = null)
    {
        var end = AlertEvents.Alert(number, symbol);
        return end with
        {
            Event = end.Event with
            {
                State = AlertState.Resolved,
                Resolves = $"alert-{firing:000}",
                Severity = AlertSeverity.Critical,
                Timestamp = AlertEvents.Noon.AddMinutes(minute ?? number),
            },
        };
    }
}
