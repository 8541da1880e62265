using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.MetricsCalculator.Publishing;
using CryptoScreener.MetricsCalculator.Universe;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>The lanes and which partition is whose.</summary>
internal sealed class LaneSet
{
    private readonly CalculationLane[] _lanes;

    public LaneSet(
        CalculationPlan plan, CorePublisher core, StoredPublisher stored, UniverseBoard universe, CalculatorMetrics metrics,
        IOptions<CalculatorOptions> options, TimeProvider time) =>
        _lanes = [.. Enumerable.Range(0, options.Value.Lanes).Select(_ =>
            new CalculationLane(plan, new FramePublisher(plan, core, stored, metrics, time), universe, metrics, options.Value, time))];

    public CalculationLane Of(int partition) => _lanes[partition % _lanes.Length];

    public void RebuildNeeded(Action<InstrumentId> ask)
    {
        foreach (var lane in _lanes) lane.RebuildNeeded = ask;
    }

    public Task RunAsync(CancellationToken stop) => Together.RunAsync(stop, [.. _lanes.Select(lane => (Func<CancellationToken, Task>)lane.RunAsync)]);
}
