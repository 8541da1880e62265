using System.Text.Json;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

public sealed class OperatorAlertBookTests
{
    private readonly ManualTime _time = new();
    private readonly OperatorAlertBook _book;

    public OperatorAlertBookTests() => _book = new OperatorAlertBook(_time);

    [Fact]
    public void An_incident_is_told_many_times_and_counted_once()
    {
        Hear("a", "firing", "critical");
        _time.Advance(TimeSpan.FromMinutes(5));
        Hear("a", "firing", "critical");
        Hear("b", "firing", "warning");
        var summary = Summary();
        Assert.Equal((1, 1), (summary.ActiveBySeverity["critical"], summary.ActiveBySeverity["warning"]));
        Assert.Equal(["a", "b"], summary.Top.Select(alert => alert.Name));
        Assert.Equal(2, summary.Incidents24h);
        Assert.Equal(180, summary.MeanSecondsToDetect); // 30 s and 330 s

        Hear("a", "resolved", "critical");
        Assert.Equal(["b"], Summary().Top.Select(alert => alert.Name));
        Assert.Equal(2, Summary().Incidents24h);
    }

    [Fact]
    public void One_that_is_not_repeated_any_more_is_not_taken_for_firing()
    {
        Hear("a", "firing", "critical");
        Hear("b", "firing", "critical");
        _time.Advance(TimeSpan.FromHours(12));
        Hear("b", "firing", "critical");
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["b"], Summary().Top.Select(alert => alert.Name));
    }

    [Fact]
    public void The_list_is_bounded()
    {
        for (var i = 0; i < OperatorAlertBook.Capacity + 5; i++) Hear($"a{i}", "firing", "info");
        Assert.Equal(OperatorAlertBook.Capacity, _book.All.Count);
        Assert.Equal("a5", _book.All[0].Name);
        Assert.Equal(5, Summary().Top.Count);
    }

    [Fact]
    public void What_has_no_identity_is_passed_over() =>
        Assert.Equal(0, _book.Hear(new AlertmanagerPost([new AlertmanagerAlert("firing", null, null, null, default, default)])));

    [Fact]
    public void Without_incidents_there_is_no_time_to_detect() => Assert.Null(Summary().MeanSecondsToDetect);

    private OperatorAlertSummary Summary() => OperatorAlertSummary.Of(_book.All, null, _time.GetUtcNow().UtcDateTime);

    /// <summary>As Alertmanager writes it.</summary>
    private void Hear(string name, string status, string severity) => Assert.Equal(1, _book.Hear(JsonSerializer.Deserialize(
        $$"""
        {"version":"4","status":"{{status}}","receiver":"gateway","alerts":[{"status":"{{status}}","labels":{"alertname":"{{name}}","severity":"{{severity}}"},
         "annotations":{"summary":"it is so"},"startsAt":"2026-03-01T11:59:30Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"{{name}}"}]}
        """,
        OperationsJson.Default.AlertmanagerPost)!));
}
