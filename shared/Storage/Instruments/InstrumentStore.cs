using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.Storage.Instruments;

/// <summary>The registry that gives every instrument its number. Numbers never change and are never used again, so they are cached.</summary>
public sealed class InstrumentStore
{
    private readonly Database _database;
    private readonly ConcurrentDictionary<InstrumentId, int> _ids = new();

    internal InstrumentStore(Database database) => _database = database;

    /// <summary>The number of an instrument that this process has resolved or listed.</summary>
    public bool TryGetId(InstrumentId instrument, [NotNullWhen(true)] out int? id)
    {
        id = _ids.TryGetValue(instrument, out var known) ? known : null;
        return id is not null;
    }

    /// <summary>The numbers of these instruments; those that have none get one. In the order asked.</summary>
    public async Task<IReadOnlyList<int>> ResolveAsync(IReadOnlyList<InstrumentId> instruments, CancellationToken stop = default)
    {
        var unknown = instruments.Where(instrument => !_ids.ContainsKey(instrument)).Distinct().ToList();
        if (unknown.Count > 0)
            await RegisterAsync([.. unknown.Select(instrument => new InstrumentListing(instrument, null, null, InstrumentStatus.Unknown))], stop);
        return [.. instruments.Select(instrument => _ids[instrument])];
    }

    /// <summary>Adds instruments and notes what their exchange now says of them; what it does not say is kept.</summary>
    public Task RegisterAsync(IReadOnlyList<InstrumentListing> listings, CancellationToken stop = default) =>
        _database.RunAsync("register_instruments", async connection =>
        {
            // Sorted and distinct, so that two collectors never wait for each other in a circle. Rows that say nothing new are not rewritten.
            var sorted = listings.DistinctBy(listing => listing.Instrument).OrderBy(listing => listing.Instrument).ToList();
            string[] exchanges = [.. sorted.Select(listing => listing.Instrument.Exchange)];
            string[] symbols = [.. sorted.Select(listing => listing.Instrument.Symbol)];
            await using var write = connection.Sql("""
                INSERT INTO instruments AS i (exchange, symbol, base_asset, quote_asset, status, tick_size, lot_size, listed_at)
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (exchange, symbol) DO UPDATE SET
                    base_asset = coalesce(excluded.base_asset, i.base_asset),
                    quote_asset = coalesce(excluded.quote_asset, i.quote_asset),
                    status = excluded.status,
                    tick_size = coalesce(excluded.tick_size, i.tick_size),
                    lot_size = coalesce(excluded.lot_size, i.lot_size),
                    listed_at = coalesce(excluded.listed_at, i.listed_at),
                    updated_at = now()
                WHERE excluded.status <> 0
                  AND (excluded.base_asset, excluded.quote_asset, excluded.status, excluded.tick_size, excluded.lot_size, excluded.listed_at)
                      IS DISTINCT FROM (i.base_asset, i.quote_asset, i.status, i.tick_size, i.lot_size, i.listed_at)
                """)
                .With(exchanges)
                .With(symbols)
                .With(sorted.Select(listing => listing.BaseAsset).ToArray())
                .With(sorted.Select(listing => listing.QuoteAsset).ToArray())
                .With(sorted.Select(listing => (short)listing.Status).ToArray())
                .With(sorted.Select(listing => listing.Terms.TickSize).ToArray())
                .With(sorted.Select(listing => listing.Terms.LotSize).ToArray())
                .With(sorted.Select(listing => listing.Terms.ListedAt).ToArray());
            await write.ExecuteNonQueryAsync(stop);

            // A statement of its own: it sees what another collector has added meanwhile.
            await using var read = connection.Sql("""
                SELECT id, exchange, symbol FROM instruments JOIN unnest($1, $2) AS l (exchange, symbol) USING (exchange, symbol)
                """).With(exchanges).With(symbols);
            await using var reader = await read.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop)) _ids[new InstrumentId(reader.GetString(1), reader.GetString(2))] = reader.GetInt32(0);
            return sorted.Count;
        }, stop);

    /// <summary>All instruments, or those of one exchange, by name.</summary>
    public async Task<IReadOnlyList<InstrumentRow>> ListAsync(string? exchange = null, CancellationToken stop = default)
    {
        var rows = await _database.RunAsync("list_instruments", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT id, exchange, symbol, base_asset, quote_asset, status, tick_size, lot_size, listed_at FROM instruments
                WHERE $1 IS NULL OR exchange = $1 ORDER BY exchange, symbol
                """).WithText(exchange);
            return await command.ToListAsync(reader => new InstrumentRow(
                reader.GetInt32(0),
                new InstrumentId(reader.GetString(1), reader.GetString(2)),
                reader.GetText(3),
                reader.GetText(4),
                (InstrumentStatus)reader.GetInt16(5))
            {
                Terms = new InstrumentTerms(reader.GetNumber(6), reader.GetNumber(7), reader.IsDBNull(8) ? null : reader.GetDateTime(8)),
            }, stop);
        }, stop);
        foreach (var row in rows) _ids[row.Instrument] = row.Id;
        return rows;
    }
}
