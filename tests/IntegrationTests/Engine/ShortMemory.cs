using CryptoScreener.Contracts.Bus;
using CryptoScreener.Messaging.Connection;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>
/// Streams that forget message ids within a second, so that an outage of a test is longer than what they remember. Workers that
/// declare their streams again put it right: shorten it before every outage.
/// </summary>
internal static class ShortMemory
{
    internal static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    internal static async Task SetAsync(Bus bus)
    {
        foreach (var name in new[] { Streams.Metrics, Streams.Alerts })
        {
            var stream = await bus.JetStream.GetStreamAsync(name);
            await bus.JetStream.UpdateStreamAsync(stream.Info.Config with { DuplicateWindow = Window });
        }
    }
}
