using CryptoScreener.Hosting.Health;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Hosting.Health;

public sealed class ReadinessGateTests
{
    private readonly ManualTime _time = new();
    private readonly ReadinessGate _gate;

    public ReadinessGateTests() => _gate = new(_time);

    [Fact]
    public void An_expected_check_that_nobody_reported_keeps_the_worker_unready()
    {
        _gate.Expect("nats", "warm-up");
        _gate.Set("nats", ok: true);

        Assert.False(_gate.IsReady);
        _gate.Set("warm-up", ok: true);
        Assert.True(_gate.IsReady);
    }

    [Fact]
    public void Since_is_the_moment_of_the_last_change_of_state_not_of_the_last_report()
    {
        _gate.Set("nats", ok: false, "refused");
        var lost = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(10));
        _gate.Set("nats", ok: false, "timed out");

        Assert.Equal(new("nats", false, "timed out", lost), Assert.Single(_gate.Checks));
        _gate.Set("nats", ok: true, "connected");
        Assert.Equal(new("nats", true, "connected", lost.AddSeconds(10)), Assert.Single(_gate.Checks));
    }

    [Fact]
    public void What_is_degraded_keeps_the_worker_ready_and_its_since_tells_the_change()
    {
        _gate.Set("postgresql", ok: true);
        _time.Advance(TimeSpan.FromSeconds(5));
        _gate.Degrade("postgresql", "away");

        Assert.True(_gate.IsReady);
        Assert.Equal(new("postgresql", true, "away", _time.GetUtcNow(), IsDegraded: true), Assert.Single(_gate.Checks));
        _gate.Set("postgresql", ok: false, "away");
        Assert.False(_gate.IsReady);
    }

    [Fact]
    public void An_expectation_does_not_undo_an_earlier_report()
    {
        _gate.Set("nats", ok: true);
        _gate.Expect("nats");

        Assert.True(_gate.IsReady);
    }

    [Fact]
    public void A_closed_gate_stays_closed()
    {
        _gate.Close("shutting down");
        _gate.Set("nats", ok: true);

        Assert.False(_gate.IsReady);
    }

    [Fact]
    public void Repeating_a_report_allocates_nothing()
    {
        _gate.Set("nats", ok: true, "connected");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++) _gate.Set("nats", ok: true, "connected");

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
