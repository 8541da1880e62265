using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Access;

/// <summary>A document and what tells it from what was there before.</summary>
public sealed record StoredSettings(string Json, string Version);

/// <summary>What accounts keep here: JSON documents by name.</summary>
public sealed class SettingsStore
{
    /// <summary>The version where nothing was stored yet.</summary>
    public const string Nothing = "0";

    private const string Version = "left(encode(sha256(convert_to(settings.value::text, 'UTF8')), 'hex'), 24)";

    private readonly Database _database;

    internal SettingsStore(Database database) => _database = database;

    public Task<StoredSettings?> FindAsync(string owner, string name, CancellationToken stop = default) =>
        _database.RunAsync("find_settings", async connection =>
        {
            await using var command = connection.Sql($"SELECT value, {Version} FROM settings WHERE owner = $1 AND name = $2").With(owner).With(name);
            return (await command.ToListAsync(reader => new StoredSettings(reader.GetString(0), reader.GetString(1)), stop)).SingleOrDefault();
        }, stop);

    /// <param name="versions">Replaces only one of these; null for whatever is there.</param>
    /// <returns>The new version; null when what is there is none of them.</returns>
    public Task<string?> SaveAsync(string owner, string name, string json, IReadOnlyCollection<string>? versions = null, CancellationToken stop = default) =>
        _database.RunAsync("save_settings", async connection =>
        {
            await using var command = connection.Sql($"""
                INSERT INTO settings (owner, name, value)
                SELECT $1, $2, $3 WHERE $4::text[] IS NULL OR '{Nothing}' = ANY ($4) OR EXISTS (SELECT FROM settings WHERE owner = $1 AND name = $2)
                ON CONFLICT (owner, name) DO UPDATE SET value = excluded.value, updated_at = now() WHERE $4::text[] IS NULL OR {Version} = ANY ($4)
                RETURNING {Version}
                """).With(owner).With(name).With(json, NpgsqlDbType.Jsonb).With(versions?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            return await command.ExecuteScalarAsync(stop) as string;
        }, stop);
}
