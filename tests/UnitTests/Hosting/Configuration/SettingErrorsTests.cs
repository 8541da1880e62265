using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace CryptoScreener.UnitTests.Hosting.Configuration;

public sealed class SettingErrorsTests
{
    [Fact]
    public void Every_value_that_cannot_be_converted_is_found_at_any_depth()
    {
        var errors = Errors(new()
        {
            ["Feed:Port"] = "many",
            ["Feed:Ratio"] = "1.5",
            ["Feed:Pause"] = "soon",
            ["Feed:Mode"] = "Sideways",
            ["Feed:Limit"] = "999999999999",
            ["Feed:Name"] = "anything",
            ["Feed:Retry:Enabled"] = "perhaps",
            ["Feed:Steps:0"] = "1",
            ["Feed:Steps:1"] = "two",
            ["Feed:Weights:BTC"] = "heavy",
        });

        Assert.Equal(
            [
                "Feed:Limit = '999999999999' is not a whole number in range.",
                "Feed:Mode = 'Sideways' is not one of Up, Down.",
                "Feed:Pause = 'soon' is not a duration such as 00:00:30.",
                "Feed:Port = 'many' is not a whole number in range.",
                "Feed:Retry:Enabled = 'perhaps' is not true or false.",
                "Feed:Steps:1 = 'two' is not a whole number in range.",
                "Feed:Weights:BTC = 'heavy' is not a number.",
            ],
            errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Convertible_values_and_missing_ones_are_no_errors() =>
        Assert.Empty(Errors(new() { ["Feed:Port"] = "9090", ["Feed:Mode"] = "down", ["Feed:Pause"] = "00:00:05", ["Feed:Retry:Enabled"] = "true" }));

    [Fact]
    public void A_single_value_that_is_given_settings_of_its_own_is_found() => Assert.Equal(
        ["Feed:Name: is set, but Feed:Name takes a single value.", "Feed:Port:0 is set, but Feed:Port takes a single value."],
        Errors(new() { ["Feed:Name:"] = "a@example.org", ["Feed:Port:0"] = "9090" }).Order(StringComparer.Ordinal));

    [Fact]
    public void A_secret_is_not_repeated_in_the_message() =>
        Assert.Equal(["Feed:ApiKeyCount = [redacted] is not a whole number in range."], Errors(new() { ["Feed:ApiKeyCount"] = "hunter2" }));

    private static IEnumerable<string> Errors(Dictionary<string, string?> settings) => SettingErrors
        .Of(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Feed"), typeof(Feed))
        .Select(error => error.Message);

    private enum Direction
    {
        Up,
        Down,
    }

    private sealed class Feed
    {
        public int Port { get; set; }

        public int? Limit { get; set; }

        public double Ratio { get; set; }

        public TimeSpan Pause { get; set; }

        public Direction Mode { get; set; }

        public string Name { get; set; } = "";

        public int ApiKeyCount { get; set; }

        public Retry Retry { get; set; } = new();

        public int[] Steps { get; set; } = [];

        public Dictionary<string, double> Weights { get; set; } = [];
    }

    private sealed class Retry
    {
        public bool Enabled { get; set; }
    }
}
