using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Delivery;

/// <summary>The escalation policies: at most one per owner and severity.</summary>
public sealed class PolicyStore
{
    private readonly Database _database;

    internal PolicyStore(Database database) => _database = database;

    public Task<List<EscalationPolicy>> ListAsync(CancellationToken stop = default) =>
        _database.RunAsync("list_policies", async connection =>
        {
            await using var command = connection.Sql("SELECT id, owner, name, severity, steps FROM delivery_policies ORDER BY id");
            return await command.ToListAsync(Read, stop);
        }, stop);

    /// <summary>Adds a policy or replaces what is stored under its id.</summary>
    /// <returns>False when the owner has another policy for this severity.</returns>
    public Task<bool> SaveAsync(EscalationPolicy policy, CancellationToken stop = default) =>
        _database.RunAsync("save_policy", async connection =>
        {
            await using var command = connection.Sql("""
                INSERT INTO delivery_policies (id, owner, name, severity, steps)
                SELECT $1, $2, $3, $4, $5
                WHERE NOT EXISTS (
                    SELECT FROM delivery_policies
                    WHERE id <> $1 AND coalesce(owner, '') = coalesce($2, '') AND coalesce(severity, -1) = coalesce($4, -1))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, severity = excluded.severity, steps = excluded.steps, updated_at = now()
                """)
                .With(policy.Id).WithText(policy.Owner).With(policy.Name).With((short?)policy.Severity, NpgsqlDbType.Smallint)
                .With(JsonSerializer.Serialize(policy.Steps, EscalationJson.Default.IReadOnlyListEscalationStep), NpgsqlDbType.Jsonb);
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    public Task<bool> DeleteAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("delete_policy", async connection =>
        {
            await using var command = connection.Sql("DELETE FROM delivery_policies WHERE id = $1").With(id);
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    private static EscalationPolicy Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Owner = reader.GetText(1),
        Name = reader.GetString(2),
        Severity = reader.IsDBNull(3) ? null : (AlertSeverity)reader.GetInt16(3),
        Steps = JsonSerializer.Deserialize(reader.GetString(4), EscalationJson.Default.IReadOnlyListEscalationStep)!,
    };
}
