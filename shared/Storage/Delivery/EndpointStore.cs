using System.Security.Cryptography;
using System.Text;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Secrets;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Delivery;

public sealed class EndpointStore
{
    private const string Columns = "id, owner, name, kind, url, secrets, settings, enabled, disabled_reason, paused";
    private readonly Database _database;

    private readonly SecretBox _box;

    internal EndpointStore(Database database, SecretBox box) => (_database, _box) = (database, box);

    /// <summary>Grows with every change of any endpoint.</summary>
    public Task<long> ChangesAsync(CancellationToken stop = default) =>
        _database.RunAsync("endpoint_changes", async connection =>
        {
            await using var command = connection.Sql("SELECT number FROM endpoint_changes");
            return (long)(await command.ExecuteScalarAsync(stop))!;
        }, stop);

    public Task<List<Endpoint>> ListAsync(CancellationToken stop = default) =>
        _database.RunAsync("list_endpoints", async connection =>
        {
            await using var command = connection.Sql($"SELECT {Columns}, failing_since, disabled_at FROM endpoints ORDER BY id");
            return await command.ToListAsync(Read, stop);
        }, stop);

    /// <summary>Where alerts may go. Opens no secret, so it is the same whatever keys this process holds.</summary>
    public Task<List<EndpointRoute>> RoutesAsync(CancellationToken stop = default) =>
        _database.RunAsync("list_routes", async connection =>
        {
            await using var command = connection.Sql("SELECT id, owner FROM endpoints WHERE enabled ORDER BY id");
            return await command.ToListAsync(reader => new EndpointRoute(reader.GetString(0), reader.GetText(1)), stop);
        }, stop);

    public Task<Endpoint?> FindAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("find_endpoint", async connection =>
        {
            await using var command = connection.Sql($"SELECT {Columns}, failing_since, disabled_at FROM endpoints WHERE id = $1").With(id);
            return (await command.ToListAsync(Read, stop)).SingleOrDefault();
        }, stop);

    /// <summary>Endpoints as their owners see them.</summary>
    /// <param name="owner">Whose; null for the operator's own.</param>
    /// <param name="ofEveryOwner">All, for administrators.</param>
    /// <param name="id">One of them; null for all.</param>
    public Task<List<EndpointOverview>> OverviewAsync(string? owner, bool ofEveryOwner, string? id = null, CancellationToken stop = default) =>
        _database.RunAsync("endpoint_overview", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT {Columns}, failing_since, disabled_at, created_at,
                    (SELECT count(*) FROM deliveries d WHERE d.endpoint_id = e.id AND d.state = 0),
                    (SELECT count(*) FROM deliveries d WHERE d.endpoint_id = e.id AND d.state = 2)
                FROM endpoints e WHERE ($2 OR owner IS NOT DISTINCT FROM $1) AND ($3 IS NULL OR id = $3) ORDER BY created_at, id
                """).WithText(owner).With(ofEveryOwner).WithText(id);
            return await command.ToListAsync(reader => new EndpointOverview(Read(reader), reader.GetUnixMs(12), reader.GetInt64(13), reader.GetInt64(14)), stop);
        }, stop);

    /// <summary>Adds an endpoint or replaces what is stored under its id.</summary>
    public Task SaveAsync(Endpoint endpoint, CancellationToken stop = default) => WriteAsync("save_endpoint", endpoint, """
        DO UPDATE SET owner = excluded.owner, name = excluded.name, kind = excluded.kind, url = excluded.url, secrets = excluded.secrets,
            settings = excluded.settings, enabled = excluded.enabled, disabled_reason = excluded.disabled_reason,
            disabled_at = CASE WHEN NOT excluded.enabled THEN coalesce(endpoints.disabled_at, now()) END, paused = excluded.paused, updated_at = now(),
            failing_since = CASE WHEN endpoints.enabled OR NOT excluded.enabled THEN endpoints.failing_since END
        """, stop);

    /// <summary>Adds an endpoint from the configuration on the first start; later the stored one counts.</summary>
    public Task EnsureAsync(Endpoint endpoint, CancellationToken stop = default) => WriteAsync("ensure_endpoint", endpoint, "DO NOTHING", stop);

    /// <summary>
    /// Changes an endpoint as its owner asks and switches it on. Only what was asked for is written: whatever else changed since it was
    /// read, a new secret for instance, stays.
    /// </summary>
    /// <returns>False when there is no such endpoint.</returns>
    public Task<bool> ChangeAsync(string id, EndpointChange change, CancellationToken stop = default) =>
        _database.RunAsync("change_endpoint", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE endpoints SET name = $2, url = coalesce($3, url), secrets = coalesce($4, secrets),
                    settings = $5 || CASE WHEN $6 THEN jsonb_strip_nulls(jsonb_build_object('chat_id', settings->'chat_id', 'to', settings->'to')) ELSE '{}' END,
                    enabled = true, disabled_reason = NULL, disabled_at = NULL, failing_since = CASE WHEN enabled THEN failing_since END, updated_at = now()
                WHERE id = $1
                """)
                .With(id).With(change.Name).WithText(change.Url is { } url ? _box.Seal(url, id) : null)
                .With(change.Secrets?.Select(secret => _box.Seal(secret, id)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
                .With(change.Settings, NpgsqlDbType.Jsonb).With(change.KeepsReceivers);
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    /// <summary>Signs with this secret from now on, and with the present one beside it. Each of two who rotate at once gets a valid one.</summary>
    /// <returns>False when there is no such endpoint.</returns>
    public Task<bool> RotateSecretAsync(string id, string secret, CancellationToken stop = default) =>
        _database.RunAsync("rotate_secret", async connection =>
        {
            await using var command = connection.Sql("UPDATE endpoints SET secrets = $2 || secrets[1:1], updated_at = now() WHERE id = $1")
                .With(id).With(new[] { _box.Seal(secret, id) });
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    /// <summary>
    /// Writes where an endpoint is and what signs for it when the configuration says otherwise than when this last wrote; the secret in force
    /// goes on signing beside the configured one, so that receivers may follow.
    /// </summary>
    /// <returns>False when the configuration is what it was: what was changed since then stays.</returns>
    public Task<bool> ConfigureAsync(string id, string url, string secret, CancellationToken stop = default) =>
        _database.InTransactionAsync("configure_endpoint", async connection =>
        {
            var configured = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{url}\n{secret}")));
            await using var select = connection.Sql("SELECT url, secrets, configured IS NULL FROM endpoints WHERE id = $1 AND configured IS DISTINCT FROM $2 FOR UPDATE").With(id).With(configured);
            var rows = await select.ToListAsync(reader => (Url: reader.GetString(0), Secrets: reader.GetFieldValue<string[]>(1), IsOlder: reader.GetBoolean(2)), stop);
            if (rows is not [var stored]) return false;
            var secrets = stored.Secrets.Select(sealedSecret => _box.Open(sealedSecret, id)).ToList();
            if (stored.IsOlder && _box.Open(stored.Url, id) == url && secrets.Contains(secret))
            {
                // Written before it was noted what the configuration said: it said this, and the secret may have been rotated since.
                await using var note = connection.Sql("UPDATE endpoints SET configured = $2 WHERE id = $1").With(id).With(configured);
                await note.ExecuteNonQueryAsync(stop);
                return false;
            }

            if (secrets is not [var first, ..] || first != secret) secrets = [secret, .. secrets.Take(1)];
            await using var update = connection.Sql("UPDATE endpoints SET url = $2, secrets = $3, configured = $4, updated_at = now() WHERE id = $1")
                .With(id).With(_box.Seal(url, id)).With(secrets.Select(text => _box.Seal(text, id)).ToArray()).With(configured);
            await update.ExecuteNonQueryAsync(stop);
            return true;
        }, stop);

    /// <summary>Switches on again what was switched off for this reason.</summary>
    /// <returns>False when it is on, or off for another reason.</returns>
    public Task<bool> EnableAsync(string id, string ifDisabledBecause, CancellationToken stop = default) =>
        _database.RunAsync("enable_endpoint", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE endpoints SET enabled = true, disabled_reason = NULL, disabled_at = NULL, failing_since = NULL, updated_at = now()
                WHERE id = $1 AND NOT enabled AND disabled_reason = $2
                """).With(id).With(ifDisabledBecause);
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    /// <summary>
    /// Switches an endpoint off and makes dead letters of what waited for it, to be replayed once it works again. The audit log says why.
    /// </summary>
    /// <returns>False when it was off already.</returns>
    public Task<bool> DisableAsync(string id, string reason, CancellationToken stop = default) =>
        _database.RunAsync("disable_endpoint", async connection =>
        {
            await using var command = connection.Sql("""
                WITH disabled AS (
                    UPDATE endpoints SET enabled = false, disabled_reason = $2, disabled_at = now(), updated_at = now() WHERE id = $1 AND enabled RETURNING id
                ), dead AS (
                    UPDATE deliveries d SET state = 2, last_error = $2, finished_at = now()
                    FROM disabled e WHERE d.endpoint_id = e.id AND d.state = 0 AND d.claim_id IS NULL
                ), told AS (
                    INSERT INTO audit (actor, action, subject, after)
                    SELECT 'alert-engine', 'endpoint.disabled', id, jsonb_build_object('reason', $2::text) FROM disabled
                )
                SELECT count(*) FROM disabled
                """).With(id).With(reason);
            return await command.ExecuteScalarAsync(stop) is > 0L;
        }, stop);

    /// <summary>Nothing else is written: the endpoint may be switched off, or changed, at the same moment.</summary>
    /// <returns>False when there is no such endpoint.</returns>
    public Task<bool> SetPausedAsync(string id, bool paused, CancellationToken stop = default) =>
        _database.RunAsync("pause_endpoint", async connection =>
        {
            await using var command = connection.Sql("UPDATE endpoints SET paused = $2, updated_at = now() WHERE id = $1").With(id).With(paused);
            return await command.ExecuteNonQueryAsync(stop) > 0;
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
                INSERT INTO endpoints ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) {onConflict}
                """)
                .With(endpoint.Id).WithText(endpoint.Owner).With(endpoint.Name).With(endpoint.Kind)
                .With(_box.Seal(endpoint.Url, endpoint.Id)).With(endpoint.Secrets.Select(secret => _box.Seal(secret, endpoint.Id)).ToArray()).With(endpoint.Settings, NpgsqlDbType.Jsonb)
                .With(endpoint.Enabled).WithText(endpoint.DisabledReason).With(endpoint.Paused);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>
    /// Seals anew what is not sealed, or with a former key. Repeated, because a process that still has the former key first may have saved
    /// in between.
    /// </summary>
    /// <returns>How many endpoints.</returns>
    public Task<int> SealAllAsync(CancellationToken stop = default) =>
        _box.HasKeys ? _database.InTransactionAsync("seal_endpoints", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT id, url, secrets FROM endpoints
                WHERE NOT starts_with(url, $1) OR EXISTS (SELECT FROM unnest(secrets) AS secret WHERE NOT starts_with(secret, $1)) ORDER BY id FOR UPDATE
                """).With(_box.CurrentPrefix);
            var stale = await command.ToListAsync(reader => (Id: reader.GetString(0), Url: reader.GetString(1), Secrets: reader.GetFieldValue<string[]>(2)), stop);
            var sealedAnew = 0;
            foreach (var (id, url, secrets) in stale)
            {
                if (!secrets.Append(url).All(text => _box.CanOpen(text, id))) continue; // its key is missing: it is off, the others go on
                sealedAnew++;
                await using var update = connection.Sql("UPDATE endpoints SET url = $2, secrets = $3 WHERE id = $1")
                    .With(id).With(Reseal(url)).With(secrets.Select(Reseal).ToArray());
                await update.ExecuteNonQueryAsync(stop);

                string Reseal(string text) => _box.Seal(_box.Open(text, id), id);
            }

            return sealedAnew;
        }, stop) : Task.FromResult(0);

    private Endpoint Read(NpgsqlDataReader reader)
    {
        var endpoint = new Endpoint
        {
            Id = reader.GetString(0),
            Owner = reader.GetText(1),
            Name = reader.GetString(2),
            Kind = reader.GetString(3),
            Url = "",
            Settings = reader.GetString(6),
            Enabled = reader.GetBoolean(7),
            DisabledReason = reader.GetText(8),
            Paused = reader.GetBoolean(9),
            FailingSince = reader.GetUnixMsOrNull(10),
            DisabledAt = reader.GetUnixMsOrNull(11),
        };
        try
        {
            return endpoint with
            {
                Url = _box.Open(reader.GetString(4), endpoint.Id),
                Secrets = [.. reader.GetFieldValue<string[]>(5).Select(secret => _box.Open(secret, endpoint.Id))],
            };
        }
        catch (StorageException e)
        {
            return endpoint with { Enabled = false, DisabledReason = e.Message }; // the others go on; the owner sees why this one does not
        }
    }
}
