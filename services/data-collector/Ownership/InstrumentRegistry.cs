using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>Notes in the database and says on FEED which instruments come and go, and gives them their numbers.</summary>
internal sealed class InstrumentRegistry(InstrumentStore store, FeedPublisher feed, WhenAvailable whenAvailable, int partitionCount, TimeProvider time)
{
    public IReadOnlyList<ListedInstrument> OfPartition(string exchange, IReadOnlyList<ListedInstrument> listed, int partition) =>
        [.. listed.Where(l => Partitioning.Of(new InstrumentId(exchange, l.Symbol), partitionCount) == partition)];

    public async Task<IReadOnlyList<FollowedInstrument>> RegisterAsync(
        string exchange, IReadOnlyList<ListedInstrument> listed, OwnedPartition partition, CancellationToken stop)
    {
        InstrumentListing[] listings =
            [.. listed.Select(l => new InstrumentListing(new InstrumentId(exchange, l.Symbol), l.BaseAsset, l.QuoteAsset, InstrumentStatus.Trading))];
        await whenAvailable.RunAsync("registering instruments", token => store.RegisterAsync(listings, token), stop);
        var ids = await whenAvailable.RunAsync("registering instruments", token => store.ResolveAsync([.. listings.Select(l => l.Instrument)], token), stop);
        return [.. listings.Select((l, i) => new FollowedInstrument(l.Instrument, ids[i], partition.Number, partition.Epoch))];
    }

    public async Task DelistAsync(InstrumentId instrument, CancellationToken stop) => await whenAvailable.RunAsync(
        "noting a delisting", token => store.RegisterAsync([new InstrumentListing(instrument, null, null, InstrumentStatus.Delisted)], token), stop);

    /// <param name="listed">Whether it came or went.</param>
    public async Task SayAsync(InstrumentId instrument, bool listed, CancellationToken stop)
    {
        var said = new ListingEvent(instrument.Exchange, instrument.Symbol, listed, time.GetUtcNow().ToUnixTimeMilliseconds());
        await feed.SayAsync(instrument.Exchange, FeedKinds.Listing, said, ContractsJson.Default.ListingEvent, stop);
    }
}
