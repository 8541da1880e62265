using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Logging;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class LogPipelineTests : IDisposable
{
    private const int Capacity = 100;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly GatedSink _output = new();
    private readonly LogQueue _queue;
    private readonly Logger _logger;

    public LogPipelineTests()
    {
        _queue = new(_services.GetRequiredService<IMeterFactory>(), new ManualTime());
        _logger = LogPipeline.Create(_queue, Capacity, output => output.Sink(_output));
    }

    [Fact]
    public void A_writer_that_hangs_costs_drops_that_are_counted_but_never_a_wait()
    {
        HangTheWriter();

        for (var i = 0; i < Capacity + 7; i++) _logger.Error("error {Number}", i);

        // Two of the hundred places hold the announcements of the raised levels.
        Assert.Equal(Capacity, _queue.Depth);
        Assert.Equal(9, _queue.Dropped);
        Assert.Equal([9L], Measured("log_events_dropped"));
        Assert.Equal([(long)Capacity], Measured("log_queue_depth"));
        Assert.Equal([(long)Capacity], Measured("log_queue_capacity"));
    }

    [Fact]
    public void A_filling_queue_silences_the_lesser_levels_until_it_has_emptied()
    {
        HangTheWriter();

        for (var i = 0; i < 80; i++) _logger.Information("filling");
        Assert.True(_logger.IsEnabled(LogEventLevel.Information));
        _logger.Information("one too many");
        Assert.False(_logger.IsEnabled(LogEventLevel.Information));
        Assert.True(_logger.IsEnabled(LogEventLevel.Warning));
        for (var i = 0; i < 15; i++) _logger.Warning("still filling");
        Assert.False(_logger.IsEnabled(LogEventLevel.Warning));

        _output.Gate.Set();
        Assert.True(SpinWait.SpinUntil(() => Announced().Count == 3, TimeSpan.FromSeconds(30)));

        Assert.Equal(["warning", "error", "trace"], Announced());
        Assert.True(_logger.IsEnabled(LogEventLevel.Information));
        Assert.Equal(0, _queue.Dropped);
    }

    [Fact]
    public void Everything_accepted_is_written_before_the_log_closes_with_the_id_of_its_origin()
    {
        using (Correlation.Begin("order-42")) _logger.Information("with id");
        _logger.Information("without");
        _output.Gate.Set();

        _logger.Dispose();

        Assert.Equal(["with id order-42", "without "], _output.Events.Select(e => $"{e.RenderMessage()} {Id(e)}"));
    }

    public void Dispose()
    {
        _output.Gate.Set();
        _logger.Dispose();
        _services.Dispose();
    }

    private static string Id(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue(CorrelationEnricher.Property, out var id) ? id.ToString("l", null) : "";

    private List<string> Announced() =>
        [.. _output.Events.Where(e => e.Properties.ContainsKey("MinimumLevel")).Select(e => e.Properties["MinimumLevel"].ToString("l", null))];

    private void HangTheWriter()
    {
        _logger.Information("taken by the writer");
        _output.Entered.Wait();
    }

    private List<long> Measured(string instrument)
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        var seen = new List<long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument && ReferenceEquals(published.Meter.Scope, factory)) listener.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => seen.Add(value));
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => seen.Add(value));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    private sealed class GatedSink : ILogEventSink
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Gate { get; } = new();

        public ConcurrentQueue<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            Entered.Set();
            Gate.Wait();
            Events.Enqueue(logEvent);
        }
    }
}
