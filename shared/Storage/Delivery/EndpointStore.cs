using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Delivery;

public sealed class EndpointStore
{
    private const string Columns = "id, owner, name, kind, url, secrets, settings, enabled, disabled_reason";
    private readonly Database _database;

    internal EndpointStore(Database database) => _database = database;

    public Task<List<Endpoint>> ListAsync(CancellationToken stop = default) =>
        _database.RunAsync("list_endpoints", async connection =>
        {
            await using var command = connection.Sql($"SELECT {Columns} FROM endpoints ORDER BY id");
            return await command.ToListAsync(Read, stop);
        }, stop);

    /// <summary>Adds an endpoint or replaces what is stored under its id.</summary>
    public Task SaveAsync(Endpoint endpoint, CancellationToken stop = default) => WriteAsync("save_endpoint", endpoint, """
        DO UPDATE SET owner = excluded.owner, name = excluded.name, kind = excluded.kind, url = excluded.url, secrets = excluded.secrets,
            settings = excluded.settings, enabled = excluded.enabled, disabled_reason = excluded.disabled_reason, updated_at = now()
        """, stop);

    /// <summary>Adds an endpoint from the configuration on the first start; later the stored one counts.</summary>
    public Task EnsureAsync(Endpoint endpoint, CancellationToken stop = default) => WriteAsync("ensure_endpoint", endpoint, "DO NOTHING", stop);

    public Task DisableAsync(string id, string reason, CancellationToken stop = default) =>
        _database.RunAsync("disable_endpoint", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE endpoints SET enabled = false, disabled_reason = $2, updated_at = now() WHERE id = $1
                """).With(id).With(reason);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>Removes an endpoint and its deliveries.</summary>
    /// <returns>False when there is no such endpoint.</returns>
    public Task<bool> DeleteAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("delete_endpoint", async connection =>
        {
            await using var command = connection.Sql("DELETE FROM endpoints WHERE id = $1").With(id);
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    private Task WriteAsync(string operation, Endpoint endpoint, string onConflict, CancellationToken stop) =>
        _database.RunAsync(operation, async connection =>
        {
            await using var command = connection.Sql($"""
                INSERT INTO endpoints ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) {onConflict}
                """)
                .With(endpoint.Id).WithText(endpoint.Owner).With(endpoint.Name).With(endpoint.Kind).With(endpoint.Url)
                .With(endpoint.Secrets.ToArray()).With(endpoint.Settings, NpgsqlDbType.Jsonb)
                .With(endpoint.Enabled).WithText(endpoint.DisabledReason);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    private static Endpoint Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Owner = reader.GetText(1),
        Name = reader.GetString(2),
        Kind = reader.GetString(3),
        Url = reader.GetString(4),
        Secrets = reader.GetFieldValue<string[]>(5),
        Settings = reader.GetString(6),
        Enabled = reader.GetBoolean(7),
        DisabledReason = reader.GetText(8),
    };
}
