using System.Text.Json;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Rules;

/// <summary>The rules, with every version they ever had. A deleted rule keeps its row: its id, and its seed, do not come back by themselves.</summary>
public sealed class RuleStore
{
    private readonly Database _database;

    internal RuleStore(Database database) => _database = database;

    /// <summary>Adds those of these rules whose id was never used here: the built-in ones on the first start.</summary>
    /// <returns>How many were added.</returns>
    public Task<int> SeedAsync(IReadOnlyCollection<RuleDefinition> rules, CancellationToken stop = default) =>
        _database.InTransactionAsync("seed_rules", async connection =>
        {
            var added = 0;
            foreach (var rule in rules.OrderBy(rule => rule.Id, StringComparer.Ordinal))
            {
                var first = rule with { Version = 1 };
                await using var command = WriteRule(connection, first, """
                    INSERT INTO rules (id, version, owner, enabled, definition) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING
                    """);
                if (await command.ExecuteNonQueryAsync(stop) == 0) continue;
                await AddVersionAsync(connection, first, changedBy: null, stop);
                added++;
            }

            return added;
        }, stop);

    public Task<List<RuleDefinition>> ListAsync(bool enabledOnly = false, CancellationToken stop = default) =>
        _database.RunAsync("list_rules", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT definition FROM rules WHERE NOT deleted AND (enabled OR NOT $1) ORDER BY id
                """).With(enabledOnly);
            return await command.ToListAsync(reader => Parse(reader.GetString(0)), stop);
        }, stop);

    public Task<RuleDefinition?> FindAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("find_rule", async connection =>
        {
            await using var command = connection.Sql("SELECT definition FROM rules WHERE id = $1 AND NOT deleted").With(id);
            return await command.ExecuteScalarAsync(stop) is string json ? Parse(json) : null;
        }, stop);

    /// <summary>Which endpoints rules name, for those that name any; deleted rules too, because their alerts may still come.</summary>
    public Task<Dictionary<string, string[]>> EndpointsOfAsync(IReadOnlyCollection<string> ids, CancellationToken stop = default) =>
        _database.RunAsync("endpoints_of_rules", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT id, ARRAY(SELECT jsonb_array_elements_text(definition -> 'endpoints')) FROM rules
                WHERE id = ANY ($1) AND jsonb_typeof(definition -> 'endpoints') = 'array' AND jsonb_array_length(definition -> 'endpoints') > 0
                """).With(ids.ToArray());
            var rows = await command.ToListAsync(reader => KeyValuePair.Create(reader.GetString(0), reader.GetFieldValue<string[]>(1)), stop);
            return rows.ToDictionary(StringComparer.Ordinal);
        }, stop);

    /// <summary>Every version that a rule ever had, newest first.</summary>
    public Task<List<RuleDefinition>> VersionsAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("rule_versions", async connection =>
        {
            await using var command = connection.Sql("SELECT definition FROM rule_versions WHERE rule_id = $1 ORDER BY version DESC").With(id);
            return await command.ToListAsync(reader => Parse(reader.GetString(0)), stop);
        }, stop);

    /// <summary>Adds a rule.</summary>
    /// <returns>The rule with its version; null when there is one with this id.</returns>
    public Task<RuleDefinition?> AddAsync(RuleDefinition rule, string? changedBy, CancellationToken stop = default) =>
        _database.InTransactionAsync("add_rule", async connection =>
        {
            await using var last = connection.Sql("SELECT version FROM rules WHERE id = $1 FOR UPDATE").With(rule.Id);
            var added = rule with { Version = 1 + (await last.ExecuteScalarAsync(stop) as int? ?? 0) };
            await using var command = WriteRule(connection, added, """
                INSERT INTO rules AS r (id, version, owner, enabled, definition) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (id) DO UPDATE SET
                    version = excluded.version, owner = excluded.owner, enabled = excluded.enabled, definition = excluded.definition,
                    deleted = false, updated_at = now()
                WHERE r.deleted
                """);
            return await CommitAsync(connection, command, added, changedBy, stop);
        }, stop);

    /// <summary>Replaces the version that the rule carries by the next one.</summary>
    /// <returns>The rule with its new version; null when that is not the current version, so somebody else has changed it.</returns>
    public Task<RuleDefinition?> ReplaceAsync(RuleDefinition rule, string? changedBy, CancellationToken stop = default) =>
        _database.InTransactionAsync("replace_rule", async connection =>
        {
            var next = rule with { Version = rule.Version + 1 };
            await using var command = WriteRule(connection, next, """
                UPDATE rules SET version = $2, owner = $3, enabled = $4, definition = $5, updated_at = now()
                WHERE id = $1 AND version = $2 - 1 AND NOT deleted
                """);
            return await CommitAsync(connection, command, next, changedBy, stop);
        }, stop);

    /// <returns>False when there is no such rule.</returns>
    public Task<bool> DeleteAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("delete_rule", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE rules SET deleted = true, enabled = false, updated_at = now() WHERE id = $1 AND NOT deleted
                """).With(id);
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    private static async Task<RuleDefinition?> CommitAsync(
        NpgsqlConnection connection, NpgsqlCommand write, RuleDefinition rule, string? changedBy, CancellationToken stop)
    {
        if (await write.ExecuteNonQueryAsync(stop) == 0) return null;
        await AddVersionAsync(connection, rule, changedBy, stop);
        return rule;
    }

    private static NpgsqlCommand WriteRule(NpgsqlConnection connection, RuleDefinition rule, string sql) => connection.Sql(sql)
        .With(rule.Id).With(rule.Version).WithText(rule.Owner).With(rule.Enabled).With(Format(rule), NpgsqlDbType.Jsonb);

    private static async Task AddVersionAsync(NpgsqlConnection connection, RuleDefinition rule, string? changedBy, CancellationToken stop)
    {
        await using var command = connection.Sql("INSERT INTO rule_versions (rule_id, version, definition, changed_by) VALUES ($1, $2, $3, $4)")
            .With(rule.Id).With(rule.Version).With(Format(rule), NpgsqlDbType.Jsonb).WithText(changedBy);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static string Format(RuleDefinition rule) => JsonSerializer.Serialize(rule, ContractsJson.Default.RuleDefinition);

    private static RuleDefinition Parse(string json) => JsonSerializer.Deserialize(json, ContractsJson.Default.RuleDefinition)!;
}
