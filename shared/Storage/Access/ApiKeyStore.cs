using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Access;

/// <summary>The API keys, as hashes. A revoked key keeps its row, so that the audit log has something to point at.</summary>
public sealed class ApiKeyStore
{
    private const string Columns = "id, owner, role, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at";
    private const long FirstKeyLock = 0x6b65795f666972; // any number that nothing else locks
    private readonly Database _database;

    internal ApiKeyStore(Database database) => _database = database;

    public Task AddAsync(ApiKey key, byte[] hash, CancellationToken stop = default) =>
        _database.RunAsync("add_api_key", connection => InsertAsync(connection, key, hash, stop), stop);

    /// <summary>Adds the key that everything begins with, if there never was another.</summary>
    /// <returns>False when there was: also when another gateway was quicker.</returns>
    public Task<bool> AddFirstAsync(ApiKey key, byte[] hash, CancellationToken stop = default) =>
        _database.InTransactionAsync("add_first_api_key", async connection =>
        {
            await using var alone = connection.Sql("SELECT pg_advisory_xact_lock($1)").With(FirstKeyLock);
            await alone.ExecuteNonQueryAsync(stop);
            await using var any = connection.Sql("SELECT EXISTS (SELECT FROM api_keys)");
            if (await any.ExecuteScalarAsync(stop) is true) return false;
            await InsertAsync(connection, key, hash, stop);
            return true;
        }, stop);

    /// <summary>Revoked and expired ones too: the caller says which of the two it was.</summary>
    public Task<ApiKey?> FindAsync(byte[] hash, CancellationToken stop = default) =>
        _database.RunAsync("find_api_key", async connection =>
        {
            await using var command = connection.Sql($"SELECT {Columns} FROM api_keys WHERE hash = $1").With(hash);
            return (await command.ToListAsync(Read, stop)).SingleOrDefault();
        }, stop);

    /// <param name="owner">Null for everybody's.</param>
    public Task<List<ApiKey>> ListAsync(string? owner, CancellationToken stop = default) =>
        _database.RunAsync("list_api_keys", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT {Columns} FROM api_keys WHERE revoked_at IS NULL AND ($1 IS NULL OR owner = $1) ORDER BY created_at, id
                """).WithText(owner);
            return await command.ToListAsync(Read, stop);
        }, stop);

    /// <param name="owner">Null for anybody's.</param>
    /// <returns>The key that is revoked now; null when there is none of this owner's that was not.</returns>
    public Task<ApiKey?> RevokeAsync(string id, string? owner, CancellationToken stop = default) =>
        _database.RunAsync("revoke_api_key", async connection =>
        {
            await using var command = connection.Sql($"""
                UPDATE api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL AND ($2 IS NULL OR owner = $2) RETURNING {Columns}
                """).With(id).WithText(owner);
            return (await command.ToListAsync(Read, stop)).SingleOrDefault();
        }, stop);

    /// <summary>Notes when keys were used last.</summary>
    public Task TouchAsync(IReadOnlyDictionary<string, long> used, CancellationToken stop = default) =>
        _database.RunAsync("touch_api_keys", async connection =>
        {
            // In one order, so that two gateways never wait for each other in a circle.
            var sorted = used.OrderBy(use => use.Key, StringComparer.Ordinal).ToList();
            await using var command = connection.Sql("""
                UPDATE api_keys k SET last_used_at = greatest(k.last_used_at, u.at)
                FROM unnest($1, $2) AS u (id, at) WHERE k.id = u.id
                """)
                .With(sorted.Select(use => use.Key).ToArray())
                .With(sorted.Select(use => PgTime.FromUnixMs(use.Value)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    private static async Task InsertAsync(NpgsqlConnection connection, ApiKey key, byte[] hash, CancellationToken stop)
    {
        await using var command = connection.Sql("""
            INSERT INTO api_keys (id, owner, role, name, prefix, hash, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """)
            .With(key.Id).With(key.Owner).With(key.Role).With(key.Name).With(key.Prefix).With(hash).With(key.Scopes.ToArray())
            .WithTime(key.CreatedAt)
            .With(key.ExpiresAt is { } expires ? PgTime.FromUnixMs(expires) : null, NpgsqlDbType.TimestampTz);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static ApiKey Read(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<string[]>(5),
        reader.GetUnixMs(6), reader.GetUnixMsOrNull(7), reader.GetUnixMsOrNull(8), reader.GetUnixMsOrNull(9));
}
