using CryptoScreener.Storage.Connections;

namespace CryptoScreener.Storage.Rules;

/// <summary>Which rules cannot run, as the engine found: what an editor shows beside the rule.</summary>
public sealed class RuleFaultStore
{
    private readonly Database _database;

    internal RuleFaultStore(Database database) => _database = database;

    public Task<List<FaultyRule>> ListAsync(CancellationToken stop = default) =>
        _database.RunAsync("list_rule_faults", async connection =>
        {
            await using var command = connection.Sql("SELECT rule_id, version, errors FROM rule_faults ORDER BY rule_id");
            return await command.ToListAsync(reader => new FaultyRule(reader.GetString(0), reader.GetInt32(1), reader.GetString(2)), stop);
        }, stop);

    /// <summary>These rules are faulty and no others. What was known already keeps the time it was found.</summary>
    public Task ReplaceAsync(IReadOnlyCollection<FaultyRule> faulty, CancellationToken stop = default) =>
        _database.InTransactionAsync("replace_rule_faults", async connection =>
        {
            // In one order, so that two engines never wait for each other in a circle.
            var sorted = faulty.OrderBy(rule => rule.RuleId, StringComparer.Ordinal).ToList();
            string[] ids = [.. sorted.Select(rule => rule.RuleId)];
            await using var delete = connection.Sql("""
                DELETE FROM rule_faults WHERE rule_id IN (
                    SELECT rule_id FROM rule_faults WHERE NOT (rule_id = ANY ($1)) ORDER BY rule_id FOR UPDATE)
                """).With(ids);
            await delete.ExecuteNonQueryAsync(stop);
            await using var write = connection.Sql("""
                INSERT INTO rule_faults AS f (rule_id, version, errors)
                SELECT n.id, n.version, n.errors FROM unnest($1, $2, $3) AS n (id, version, errors) JOIN rules r ON r.id = n.id
                ORDER BY n.id
                ON CONFLICT (rule_id) DO UPDATE SET version = excluded.version, errors = excluded.errors, found_at = now()
                WHERE (f.version, f.errors) IS DISTINCT FROM (excluded.version, excluded.errors)
                """).With(ids).With(sorted.Select(rule => rule.Version).ToArray()).With(sorted.Select(rule => rule.Errors).ToArray());
            return await write.ExecuteNonQueryAsync(stop);
        }, stop);
}
