using CryptoScreener.ApiGateway.Operations;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

public sealed class ObjectivesTests
{
    [Fact]
    public void Objectives_are_what_was_kept_in_the_last_hour()
    {
        var hour = Samples.Hour(i => Samples.Sample with
        {
            RequestsPerSecond = 10,
            ErrorRate = i < 72 ? 0.1 : 0,
            P95Ms = i < 72 ? 300 : 100,
            CloseToAlertP99Ms = 20,
            DeliveriesPerSecond = 99,
            DeadLettersPerSecond = 1,
        }).ToList();
        var objectives = Objectives.Of(hour, []).ToDictionary(o => o.Name);
        Assert.Equal(["api_availability", "api_p95", "candle_to_alert", "delivery_success"], objectives.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((0.99, false), (objectives["api_availability"].Measured, objectives["api_availability"].Met));
        Assert.Equal((0.9, false), (objectives["api_p95"].Measured, objectives["api_p95"].Met));
        Assert.Equal((1, true), (objectives["candle_to_alert"].Measured, objectives["candle_to_alert"].Met));
        Assert.Equal((0.99, true), (objectives["delivery_success"].Measured, objectives["delivery_success"].Met));
        Assert.All(objectives.Values, objective => Assert.True(objective.Judged));
    }

    [Fact]
    public void Without_measurements_there_are_no_objectives() => Assert.Empty(Objectives.Of([Samples.Sample], []));

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void The_slow_answers_of_a_start_are_not_judged_before_five_minutes_were_watched(int samples, bool judged) =>
        Assert.Equal(judged, Objectives.Of([.. Samples.Hour(_ => Samples.Sample with { P95Ms = 300 }).Take(samples)], []).Single().Judged);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void One_interval_beyond_its_limit_is_no_missed_objective(int slow, bool judged)
    {
        var objective = Objectives.Of([.. Samples.Hour(i => Samples.Sample with { CloseToAlertP99Ms = i < slow ? 2_000 : 20 })], []).Single();
        Assert.Equal((false, judged), (objective.Met, objective.Judged));
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void What_was_measured_a_few_times_only_is_not_judged(int measured, bool judged) =>
        Assert.Equal(judged, Objectives.Of([.. Samples.Hour(i => Samples.Sample with { CloseToAlertP99Ms = i < measured ? 2_000 : null })], []).Single().Judged);
}
