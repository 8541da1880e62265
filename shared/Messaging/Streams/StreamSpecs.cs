using CryptoScreener.Contracts.Bus;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.Messaging.Streams;

/// <summary>What each stream keeps, for how long, and what gives way when it is full.</summary>
internal static class StreamSpecs
{
    private static readonly TimeSpan ShortWindow = TimeSpan.FromMinutes(2);

    internal static IReadOnlyList<StreamConfig> All(MessagingOptions options)
    {
        var bytes = options.StreamMegabytes * 1024L * 1024L;
        var window = TimeSpan.FromSeconds(options.DuplicateWindowSeconds);
        var shorter = window < ShortWindow ? window : ShortWindow;
        return
        [
            Spec(options, ["candles.closed.>"], Contracts.Bus.Streams.Candles, TimeSpan.FromHours(48), bytes, window),
            Spec(options, ["metrics.closed.>", "metrics.catalogue.>"], Contracts.Bus.Streams.Metrics, TimeSpan.FromHours(24), bytes, window),
            Spec(options, [Subjects.AllAlerts], Contracts.Bus.Streams.Alerts, TimeSpan.FromDays(7), bytes / 4, shorter),
            Spec(options, [Subjects.AllFeeds], Contracts.Bus.Streams.Feed, TimeSpan.FromHours(24), bytes / 16, shorter),
        ];
    }

    private static StreamConfig Spec(
        MessagingOptions options, string[] subjects, string name, TimeSpan maxAge, long maxBytes, TimeSpan duplicates) => new(name, subjects)
        {
            Storage = StreamConfigStorage.File,
            Retention = StreamConfigRetention.Limits,
            Discard = StreamConfigDiscard.Old, // the newest candle is worth more than the oldest; readers behind notice the cut
            MaxAge = maxAge,
            MaxBytes = maxBytes,
            DuplicateWindow = duplicates,
            NumReplicas = options.StreamReplicas,
            AllowDirect = true,
        };
}
