namespace CryptoScreener.EndToEndTests.Soak;

public sealed class TrendTests
{
    [Fact]
    public void A_slow_leak_is_found_and_a_heap_that_breathes_is_not()
    {
        var leaking = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), 150 + i, 100))]);
        Assert.Equal(120, leaking.MegabytesPerHour, 3);
        Assert.Single(leaking.Objections("leaking", mostMegabytes: 20));
        var breathing = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), 150 + (i % 10 * 4), 100 + (i % 3)))]);
        Assert.Empty(breathing.Objections("breathing", mostMegabytes: 20));
    }

    [Fact]
    public void What_is_taken_while_it_starts_does_not_count_and_handles_do()
    {
        var starting = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), Math.Min(200, i * 10), 100))]);
        Assert.Empty(starting.Objections("starting", mostMegabytes: 20));
        var opening = new Trend([.. Enumerable.Range(0, 120).Select(i => new ResourceSample(TimeSpan.FromSeconds(30 * i), 150, 100 + i))]);
        Assert.Contains("handles", Assert.Single(opening.Objections("opening", mostMegabytes: 20)), StringComparison.Ordinal);
    }
}
