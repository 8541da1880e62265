using CryptoScreener.ApiGateway.Operations;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

public sealed class HealthTests
{
    [Theory]
    [InlineData(50.0, 0.01, 75.0, 80.0, 100, "excellent")]
    [InlineData(51.0, 0.01, 75.0, 80.0, 95, "excellent")]
    [InlineData(51.0, 0.011, 75.0, 80.0, 90, "good")]
    [InlineData(51.0, 0.011, 76.0, 81.0, 80, "good")]
    [InlineData(101.0, 0.01, 75.0, 80.0, 80, "good")]
    [InlineData(101.0, 0.021, 75.0, 80.0, 60, "degraded")]
    [InlineData(101.0, 0.021, 76.0, 80.0, 55, "critical")]
    [InlineData(101.0, 0.021, 91.0, 91.0, 20, "critical")]
    [InlineData(null, null, null, null, 100, "excellent")] // what is not measured is not bad
    public void Findings_cost_points(double? mean, double? errors, double? cpu, double? memory, int score, string status)
    {
        var findings = Health.FindingsOf(Samples.Sample with { MeanMs = mean, ErrorRate = errors }, [Samples.Worker(cpu, memory)], []);
        Assert.Equal((score, status), (Health.ScoreOf(findings), Health.StatusOf(Health.ScoreOf(findings))));
    }

    [Fact]
    public void Each_worker_is_judged_and_the_score_ends_at_zero()
    {
        var findings = Health.FindingsOf(Samples.Sample, Enumerable.Repeat(Samples.Worker(99, 99), 4), []);
        Assert.Equal(8, findings.Count);
        Assert.Equal(0, Health.ScoreOf(findings));
    }

    [Theory]
    [InlineData(10.0, 90.0, null)]
    [InlineData(75.0, 25.0, null)]
    [InlineData(76.0, 24.0, "soon")]
    [InlineData(95.0, 5.0, "now")]
    public void Capacity_recommends_when_little_is_left(double used, double left, string? urgency)
    {
        var headroom = Capacity.Of([.. Samples.Hour(_ => Samples.Sample with { CpuPercent = used })], null, 1_000).Single(h => h.Resource == "cpu");
        Assert.Equal((used, left, urgency), (headroom.UsedPercent, headroom.HeadroomPercent, headroom.Urgency));
        Assert.Equal(urgency is not null, headroom.Recommendation is not null);
        Assert.Null(headroom.HoursUntilFull);
    }

    [Fact]
    public void A_trend_says_when_it_is_full()
    {
        var samples = Samples.Hour(i => Samples.Sample with { MemoryPercent = 20 + (i / 720.0 * 10) }).ToList(); // ten percent an hour
        var headroom = Capacity.Of(samples, null, 1_000).Single(h => h.Resource == "memory");
        Assert.InRange(headroom.HoursUntilFull!.Value, 6.9, 7.1);
    }

    [Fact]
    public void What_nobody_measures_has_no_headroom()
    {
        Assert.Empty(Capacity.Of([Samples.Sample], null, 1_000));
        Assert.Equal(["throughput", "sockets"], Capacity.Of([Samples.Sample with { CandlesPerSecond = 50, Sockets = 10 }], 100, 1_000).Select(h => h.Resource));
    }

    [Fact]
    public void A_missed_objective_is_a_finding_and_lowers_the_score()
    {
        var missed = new Objective("api_p95", "p95 within 200 ms", 0.95, 0.6667, Met: false, Judged: true);
        var findings = Health.FindingsOf(Samples.Sample, [], [missed, missed with { Name = "api_p99", Met = true }, missed with { Name = "first_delivery", Judged = false }]);
        var finding = Assert.Single(findings);
        Assert.Equal(("warning", "api_p95", "objective missed: p95 within 200 ms, 66.67 % instead of 95 %"), (finding.Severity, finding.What, finding.Message));
        Assert.Equal(95, Health.ScoreOf(findings));
    }

    [Fact]
    public void The_overview_counts_the_objectives_that_its_summary_calls_missed()
    {
        var hour = Samples.Hour(_ => Samples.Sample with { P95Ms = 300 }).ToList();
        var overview = OperationsOverview.Of([], [], OperatorAlertSummary.Of([], null, hour[^1].Timestamp), hour, new OperationsOptions(), 1_000, hour[^1].Timestamp);
        Assert.Contains(overview.Findings, finding => finding.What == "api_p95");
        Assert.True(overview.HealthScore < 100);
    }
}
