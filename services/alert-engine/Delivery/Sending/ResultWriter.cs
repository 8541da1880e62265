using System.Threading.Channels;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>How a delivery of a claim went, and whether its endpoint shall be switched off for it.</summary>
internal readonly record struct FinishedDelivery(Guid Claim, DeliveryResult Result, string EndpointId, string? DisableBecause);

/// <summary>Writes results in groups, each fenced by its claim: thousands a second cost few transactions.</summary>
internal sealed class ResultWriter(DeliveryStore deliveries, EndpointStore endpoints, WhenAvailable whenAvailable, ILogger<ResultWriter> logger)
{
    private const int GroupSize = 500;

    // Wait: an attempt whose result is lost would be repeated. While the database is away, sending stops here.
    private readonly Channel<FinishedDelivery> _finished =
        Channel.CreateBounded<FinishedDelivery>(new BoundedChannelOptions(4 * GroupSize) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public ValueTask WriteAsync(FinishedDelivery finished, CancellationToken stop) => _finished.Writer.WriteAsync(finished, stop);

    public void Complete() => _finished.Writer.TryComplete();

    /// <summary>Runs until completed and empty, or until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var group = new List<FinishedDelivery>(GroupSize);
        while (await _finished.Reader.WaitToReadAsync(stop))
        {
            while (group.Count < GroupSize && _finished.Reader.TryRead(out var finished)) group.Add(finished);
            await StoreAsync(group, stop);
            group.Clear();
        }
    }

    private async Task StoreAsync(List<FinishedDelivery> group, CancellationToken stop)
    {
        // First: if this dies in between, what it was sent is found switched off, not taken up again.
        foreach (var gone in group.Where(finished => finished.DisableBecause is not null).DistinctBy(finished => finished.EndpointId))
        {
            if (await whenAvailable.RunAsync("switching an endpoint off", token => endpoints.DisableAsync(gone.EndpointId, gone.DisableBecause!, token), stop))
                DeliveryLog.EndpointDisabled(logger, gone.EndpointId, gone.DisableBecause!);
        }

        foreach (var claim in group.GroupBy(finished => finished.Claim))
        {
            await whenAvailable.RunAsync(
                "writing delivery results",
                token => deliveries.CompleteAsync(claim.Key, [.. claim.Select(finished => finished.Result)], token),
                stop);
        }
    }
}
