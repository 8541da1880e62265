using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Catalogues;

/// <summary>The metric catalogues that frames and metric rows name by hash.</summary>
public sealed class CatalogueStore
{
    private readonly Database _database;
    private readonly ConcurrentDictionary<ulong, MetricCatalogue> _known = new(); // a hash means one catalogue for ever

    internal CatalogueStore(Database database) => _database = database;

    public Task SaveAsync(MetricCatalogue catalogue, CancellationToken stop = default) =>
        _database.RunAsync("save_catalogue", async connection =>
        {
            var document = new CatalogueDocument(catalogue.Hash.ToString("x16", CultureInfo.InvariantCulture), catalogue.Metrics);
            await using var command = connection.Sql("INSERT INTO catalogues (hash, document) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .With(unchecked((long)catalogue.Hash))
                .With(JsonSerializer.Serialize(document, ContractsJson.Default.CatalogueDocument), NpgsqlDbType.Jsonb);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>Null when no calculator has stored it.</summary>
    public async Task<MetricCatalogue?> FindAsync(ulong hash, CancellationToken stop = default)
    {
        if (_known.TryGetValue(hash, out var known)) return known;
        var found = await ReadAsync(hash, stop);
        return found is null ? null : _known.GetOrAdd(hash, found);
    }

    private Task<MetricCatalogue?> ReadAsync(ulong hash, CancellationToken stop) =>
        _database.RunAsync("find_catalogue", async connection =>
        {
            await using var command = connection.Sql("SELECT document FROM catalogues WHERE hash = $1").With(unchecked((long)hash));
            return await command.ExecuteScalarAsync(stop) is string json
                ? new MetricCatalogue(JsonSerializer.Deserialize(json, ContractsJson.Default.CatalogueDocument)!.Metrics)
                : null;
        }, stop);
}
