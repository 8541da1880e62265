using System.Globalization;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

/// <summary>The page and Prometheus promise the same: what is burning in the one has its name and target in the other.</summary>
public sealed class PromisedObjectivesTests
{
    private const string Prefix = "objective_";
    private static readonly Dictionary<string, double> Values = Read();

    public static TheoryData<string> Names => [.. Values.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).Select(key => key[Prefix.Length..])];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_Prometheus_watches_the_page_promises_too(string name) => Assert.Equal(Values[Prefix + name], Of(Kept)[name].Target);

    [Fact]
    public void The_page_promises_nothing_that_Prometheus_does_not_watch() => Assert.All(Of(Kept).Keys, name => Assert.Contains(Prefix + name, Values.Keys));

    [Theory]
    [InlineData("api_p95")]
    [InlineData("api_p99")]
    [InlineData("candle_to_alert")]
    [InlineData("first_delivery")]
    public void The_limit_of_a_time_is_the_same(string name)
    {
        var limit = Values[$"{name}_seconds"] * 1_000;

        Assert.Equal((true, false), (Of(Slow(limit))[name].Met, Of(Slow(limit + 1))[name].Met));
    }

    private static PerformanceSample Kept => Slow(1) with { RequestsPerSecond = 1, ErrorRate = 0, DeliveriesPerSecond = 1, DeadLettersPerSecond = 0 };

    private static PerformanceSample Slow(double ms) => Samples.Sample with { P95Ms = ms, P99Ms = ms, CloseToAlertP99Ms = ms, FirstAttemptP99Ms = ms };

    private static ExchangeHealth Live =>
        ExchangeHealth.Of(new FeedStatus("x", FeedState.Live, false, 5, 0, 0.5, 0, At: 1_000), availability: 1, new ExchangeReadings(2, 2, 0, null), null, now: 1_000);

    private static Dictionary<string, Objective> Of(PerformanceSample sample) =>
        Objectives.Of([.. Samples.Hour(_ => sample)], [Live]).ToDictionary(objective => objective.Name);

    /// <summary>The numbers of deploy/prometheus/values.yml: a name and a value on a line, as its render.sh reads them.</summary>
    private static Dictionary<string, double> Read() =>
        File.ReadLines(Path.Combine(Repository.Root, "deploy", "prometheus", "values.yml"))
            .Select(line => line.Split('#')[0].Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2 && double.TryParse(parts[1], CultureInfo.InvariantCulture, out _))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
