using System.Text.Json;
using CryptoScreener.Contracts.Json;

namespace CryptoScreener.UnitTests.Rules;

public sealed class RuleDefinitionJsonTests
{
    [Fact]
    public void Settings_that_are_left_out_keep_their_defaults()
    {
        const string text = """{"id":"r1","version":1,"name":"n","rule_type":"custom","expression":"price > 1","trigger":{"mode":"every"},"universe":{}}""";
        var rule = JsonSerializer.Deserialize(text, ContractsJson.Default.RuleDefinition)!;
        Assert.True(rule.Enabled);
        Assert.Equal(("1m", 60), (rule.Trigger.Bar, rule.Trigger.EverySeconds));
        Assert.Empty(rule.Universe.Exchanges);
        Assert.Empty(rule.Endpoints);
        Assert.Equal("", rule.Description);
    }
}
