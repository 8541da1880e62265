namespace CryptoScreener.EndToEndTests.Soak;

public sealed class TrendTests
{
    [Fact]
    public void A_slow_leak_is_found_and_a_heap_that_breathes_is_not()
    {
        var leaking = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), 150 + i, 100))]);
        Assert.Equal(120, leaking.MegabytesPerHour, 3);
        Assert.Single(leaking.Objections("leaking", mostPerHour: 10, breath: 5));
        var breathing = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), 150 + (i % 10 * 4), 100 + (i % 3)))]);
        Assert.Empty(breathing.Objections("breathing", mostPerHour: 10, breath: 5));
    }

    [Fact]
    public void Of_a_slope_it_is_the_bound_by_the_hour_that_counts_and_a_short_look_at_a_heap_judges_none()
    {
        Assert.Single(Growing(megabytesPerHour: 12, hours: 1).Objections("leaking", mostPerHour: 10, breath: 5));
        Assert.Empty(Growing(megabytesPerHour: 8, hours: 10).Objections("within", mostPerHour: 10, breath: 5));
        Assert.Empty(Growing(megabytesPerHour: 12, hours: 0.2).Objections("too short to tell", mostPerHour: 10, breath: 5));
    }

    [Fact]
    public void What_is_taken_while_it_starts_does_not_count_and_handles_do()
    {
        var starting = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), Math.Min(200, i * 10), 100))]);
        Assert.Empty(starting.Objections("starting", mostPerHour: 10, breath: 5));
        var opening = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), 150, 100 + i))]);
        Assert.Contains("handles", Assert.Single(opening.Objections("opening", mostPerHour: 10, breath: 5)), StringComparison.Ordinal);
    }

    private static Trend Growing(double megabytesPerHour, double hours) =>
        new([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromHours(hours * i / 120), 150 + (megabytesPerHour * hours * i / 120), 100))]);
}
