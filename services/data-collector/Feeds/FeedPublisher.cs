using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Messaging.Publishing;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Says on FEED what the collector knows about its feeds: status, gaps, listings, backfills.</summary>
internal sealed class FeedPublisher(StoredPublisher stored)
{
    public ValueTask SayAsync<T>(string exchange, string kind, T what, JsonTypeInfo<T> type, CancellationToken stop) =>
        stored.PublishAsync(Subjects.Feed(exchange, kind), JsonSerializer.SerializeToUtf8Bytes(what, type), null, stop);
}
