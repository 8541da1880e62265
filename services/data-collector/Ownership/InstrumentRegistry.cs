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
            [.. listed.Select(l => new InstrumentListing(new InstrumentId(exchange, l.Symbol), l.BaseAsset, l.QuoteAsset, InstrumentStatus.Trading) { Terms = TermsOf(l) })];
        await whenAvailable.RunAsync("registering instruments", token => store.RegisterAsync(listings, token), stop);
        var ids = await whenAvailable.RunAsync("registering instruments", token => store.ResolveAsync([.. listings.Select(l => l.Instrument)], token), stop);
        return [.. listings.Select((l, i) => new FollowedInstrument(l.Instrument, ids[i], partition.Number, partition.Epoch))];
    }

    private static InstrumentTerms TermsOf(ListedInstrument listed) => new(
        listed.TickSize > 0 ? listed.TickSize : null,
        listed.LotSize > 0 ? listed.LotSize : null,
        listed.ListedAt > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(listed.ListedAt).UtcDateTime : null);

    /// <summary>What the database says is traded in a partition, and is not among those that we follow.</summary>
    public async Task<IReadOnlyList<FollowedInstrument>> OthersAsync(
        string exchange, OwnedPartition partition, IReadOnlyList<FollowedInstrument> ours, CancellationToken stop)
    {
        var known = await TradingAsync(exchange, stop);
        var followed = ours.Select(i => i.Id).ToHashSet();
        return
        [
            .. known
                .Where(k => Partitioning.Of(k.Instrument, partitionCount) == partition.Number && !followed.Contains(k.Instrument))
                .Select(k => new FollowedInstrument(k.Instrument, k.Id, partition.Number, partition.Epoch) { HasLeft = true }),
        ];
    }

    /// <summary>The symbols of an exchange that the database calls traded.</summary>
    public async Task<IReadOnlyList<string>> TradedAsync(string exchange, CancellationToken stop) =>
        [.. (await TradingAsync(exchange, stop)).Select(known => known.Instrument.Symbol)];

    public async Task DelistAsync(InstrumentId instrument, CancellationToken stop) => await whenAvailable.RunAsync(
        "noting a delisting", token => store.RegisterAsync([new InstrumentListing(instrument, null, null, InstrumentStatus.Delisted)], token), stop);

    /// <param name="listed">Whether it came or went.</param>
    public async Task SayAsync(InstrumentId instrument, bool listed, CancellationToken stop)
    {
        var said = new ListingEvent(instrument.Exchange, instrument.Symbol, listed, time.GetUtcNow().ToUnixTimeMilliseconds());
        await feed.SayAsync(instrument.Exchange, FeedKinds.Listing, said, ContractsJson.Default.ListingEvent, stop);
    }

    private async Task<IEnumerable<InstrumentRow>> TradingAsync(string exchange, CancellationToken stop) =>
        (await whenAvailable.RunAsync("listing instruments", token => store.ListAsync(exchange, token), stop)).Where(row => row.Status == InstrumentStatus.Trading);
}
