using System.Text.Json;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.Storage.Rules;

/// <summary>Rules as editors show them.</summary>
public sealed class RuleReader
{
    private readonly Database _database;

    internal RuleReader(Database database) => _database = database;

    /// <param name="visibleTo">The built-in ones and this owner's.</param>
    /// <param name="ofEveryOwner">All, for administrators.</param>
    /// <param name="id">One of them; null for all.</param>
    public Task<List<RuleOverview>> ListAsync(string? visibleTo, bool ofEveryOwner, string? id = null, CancellationToken stop = default) =>
        _database.RunAsync("rule_overview", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT r.definition, r.updated_at, f.version, f.errors
                FROM rules r
                LEFT JOIN rule_faults f ON f.rule_id = r.id AND f.version = r.version
                WHERE NOT r.deleted AND (r.owner IS NULL OR r.owner = $1 OR $2) AND ($3 IS NULL OR r.id = $3)
                ORDER BY r.owner IS NOT NULL DESC, r.id
                """).WithText(visibleTo).With(ofEveryOwner).WithText(id);
            return await command.ToListAsync(reader =>
            {
                var definition = Parse(reader.GetString(0));
                var fault = reader.IsDBNull(2) ? null : new FaultyRule(definition.Id, reader.GetInt32(2), reader.GetString(3));
                return new RuleOverview(definition, reader.GetUnixMs(1), fault);
            }, stop);
        }, stop);

    /// <summary>Every version that a rule ever had, newest first.</summary>
    public Task<List<RuleVersion>> VersionsAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("rule_history", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT definition, changed_at, changed_by FROM rule_versions WHERE rule_id = $1 ORDER BY version DESC
                """).With(id);
            return await command.ToListAsync(reader => new RuleVersion(Parse(reader.GetString(0)), reader.GetUnixMs(1), reader.GetText(2)), stop);
        }, stop);

    public Task<long> CountAsync(string owner, CancellationToken stop = default) =>
        _database.RunAsync("count_rules", async connection =>
        {
            await using var command = connection.Sql("SELECT count(*) FROM rules WHERE owner = $1 AND NOT deleted").With(owner);
            return (long)(await command.ExecuteScalarAsync(stop))!;
        }, stop);

    private static RuleDefinition Parse(string json) => JsonSerializer.Deserialize(json, ContractsJson.Default.RuleDefinition)!;
}
