using System.Buffers;
using System.Runtime.ExceptionServices;
using OpenTelemetry.Exporter.Prometheus.Text;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Scraping;

/// <summary>
/// Collects on demand, straight into the response. Measurements are recorded without a lock while it runs; only scrapes wait
/// for one another.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(PrometheusAspNetCoreOptions options) : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Exposition _exposition = new(options);
    private ExpositionFormat _format = ExpositionFormat.Text;
    private IBufferWriter<byte>? _output;
    private ExceptionDispatchInfo? _failure;

    public Func<int, bool>? Collect { get; set; }

    public async Task<bool> ScrapeAsync(ExpositionFormat format, IBufferWriter<byte> output, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            _format = format;
            _output = output;
            _failure = null;
            var collected = Collect is { } collect && collect(Timeout.Infinite);
            _failure?.Throw();
            return collected;
        }
        finally
        {
            _output = null;
            _turn.Release();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // The provider collects once more when it shuts down; nobody reads that.
        if (_output is not { } output) return ExportResult.Success;

        try
        {
            _exposition.Write(_format, output, in batch, ParentProvider.GetResource());
            return ExportResult.Success;
        }
        catch (Exception error)
        {
            // The SDK would swallow it; whoever scrapes has to hear of it.
            _failure = ExceptionDispatchInfo.Capture(error);
            return ExportResult.Failure;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _turn.Dispose();
        base.Dispose(disposing);
    }
}
