using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.MetricsCalculator.Publishing;
using CryptoScreener.MetricsCalculator.Universe;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>The lanes and which partition is whose.</summary>
internal sealed class LaneSet
{
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    private readonly HeartbeatRegistry _hearts;
    private readonly CalculationLane[] _lanes;

    public LaneSet(
        PlanBook plans, CorePublisher core, StoredPublisher stored, UniverseBoard universe, CalculatorMetrics metrics,
        StageLatency stages, HeartbeatRegistry hearts, IOptions<CalculatorOptions> options, TimeProvider time)
    {
        _hearts = hearts;
        _lanes = [.. Enumerable.Range(0, options.Value.Lanes).Select(_ =>
            new CalculationLane(plans, new FramePublisher(core, stored, metrics, stages, time), universe, metrics, options.Value, time))];
    }

    public CalculationLane Of(int partition) => _lanes[partition % _lanes.Length];

    /// <summary>Feeds every instrument anew for the plan that is now the current one.</summary>
    public async Task ReplanAsync(CancellationToken stop)
    {
        foreach (var lane in _lanes) await lane.ReplanAsync(stop);
    }

    public void RebuildNeeded(Action<InstrumentId, SkippedMinutes?> ask)
    {
        foreach (var lane in _lanes) lane.RebuildNeeded = ask;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        Heartbeat[] hearts = [.. _lanes.Select((_, i) => _hearts.Watch($"lane {i}", StuckAfter))];
        try
        {
            await Together.RunAsync(stop, [.. _lanes.Zip(hearts, (lane, heart) => (Func<CancellationToken, Task>)(token => lane.RunAsync(heart, token)))]);
        }
        finally
        {
            foreach (var heart in hearts) heart.Dispose();
        }
    }
}
