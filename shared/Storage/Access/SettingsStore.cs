using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Access;

/// <summary>What accounts keep here: JSON documents by name.</summary>
public sealed class SettingsStore
{
    private readonly Database _database;

    internal SettingsStore(Database database) => _database = database;

    public Task<string?> FindAsync(string owner, string name, CancellationToken stop = default) =>
        _database.RunAsync("find_settings", async connection =>
        {
            await using var command = connection.Sql("SELECT value FROM settings WHERE owner = $1 AND name = $2").With(owner).With(name);
            return await command.ExecuteScalarAsync(stop) as string;
        }, stop);

    public Task SaveAsync(string owner, string name, string json, CancellationToken stop = default) =>
        _database.RunAsync("save_settings", async connection =>
        {
            await using var command = connection.Sql("""
                INSERT INTO settings (owner, name, value) VALUES ($1, $2, $3)
                ON CONFLICT (owner, name) DO UPDATE SET value = excluded.value, updated_at = now()
                """).With(owner).With(name).With(json, NpgsqlDbType.Jsonb);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);
}
