using System.Diagnostics.Metrics;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.Hosting.Telemetry;

public sealed class WorkerMetricsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly HeartbeatRegistry _hearts;
    private readonly WorkerMetrics _metrics;
    private readonly List<string> _measured = [];

    public WorkerMetricsTests()
    {
        _hearts = new(_time);
        _metrics = new(_services.GetRequiredService<IMeterFactory>(), _hearts, _time);
    }

    [Fact]
    public void A_worker_is_active_from_its_start_to_its_drain()
    {
        Assert.Equal(["worker_active 0"], Observe("worker_active"));
        _metrics.Active = true;
        Assert.Equal(["worker_active 1"], Observe("worker_active"));
        _metrics.Active = false;
        Assert.Equal(["worker_active 0"], Observe("worker_active"));
    }

    [Fact]
    public void A_heartbeat_carries_the_time_of_the_last_beat_or_now_while_it_rests()
    {
        var started = _time.GetUtcNow().ToUnixTimeSeconds();
        _hearts.Watch("busy", TimeSpan.FromSeconds(30));
        _hearts.Watch("resting", TimeSpan.FromSeconds(30)).Rest();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            [$"worker_heartbeat_timestamp {started} loop=busy", $"worker_heartbeat_timestamp {started + 10} loop=resting"],
            Observe("worker_heartbeat_timestamp"));
    }

    [Fact]
    public void The_start_stays_the_same()
    {
        var first = Observe("worker_start_timestamp");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([$"worker_start_timestamp {_time.GetUtcNow().AddHours(-1).ToUnixTimeSeconds()}"], first);
        Assert.Equal(first, Observe("worker_start_timestamp"));
    }

    [Fact]
    public void Errors_are_counted_by_type()
    {
        using var listener = Listen("worker_errors");

        _metrics.Error("publish");
        _metrics.Error("parse");

        Assert.Equal(["worker_errors 1 type=publish", "worker_errors 1 type=parse"], _measured);
    }

    public void Dispose() => _services.Dispose();

    private List<string> Observe(string instrument)
    {
        _measured.Clear();
        using var listener = Listen(instrument);
        listener.RecordObservableInstruments();
        return [.. _measured];
    }

    private MeterListener Listen(string instrument)
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument && ReferenceEquals(published.Meter.Scope, factory)) listener.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Add($"{instrument.Name} {value}{(tags.IsEmpty ? "" : $" {tags[0].Key}={tags[0].Value}")}");
}
