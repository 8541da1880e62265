using System.Text.Json;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.Storage.Rules;

/// <summary>
/// Where rules stand, for people to see: a snapshot beside the engine's own, saved with it, that anybody may read. It has no frames
/// and is laid out by rule, so a look at one rule brings no more than that rule out of the database.
/// </summary>
public sealed class RulePhaseStore
{
    public const string Kind = "alert-engine";
    private const string Name = "phases";
    private const int Format = 1;
    private readonly Database _database;

    internal RulePhaseStore(Database database) => _database = database;

    public static byte[] Write(PartitionPhases phases) => JsonSerializer.SerializeToUtf8Bytes(phases, RulePhasesJson.Default.PartitionPhases);

    /// <summary>What <see cref="SnapshotStore.SaveAsync"/> takes.</summary>
    /// <param name="written">See <see cref="Write"/>.</param>
    public static (string Name, Snapshot Snapshot) Of(byte[] written, long sequence, long takenAt) => (Name, new Snapshot(Format, sequence, takenAt, written));

    /// <param name="rule">Its id.</param>
    /// <param name="partitions">How many there are: of more that there were once, something may be left.</param>
    /// <returns>Null when nothing was ever saved.</returns>
    public Task<RulePhases?> ReadAsync(string rule, int partitions, CancellationToken stop = default) =>
        _database.RunAsync("rule_phases", async connection =>
        {
            await using var command = connection.Sql("""
                WITH saved AS MATERIALIZED (
                    SELECT taken_at, convert_from(content, 'UTF8')::json AS phases FROM snapshots
                    WHERE kind = $1 AND name = $2 AND format = $3 AND partition < $4)
                SELECT taken_at, (phases ->> 'complete')::bool, (phases -> 'rules' -> $5)::text FROM saved
                """).With(Kind).With(Name).With(Format).With(partitions).With(rule);
            var saved = await command.ToListAsync(reader => (
                TakenAt: reader.GetUnixMs(0), Complete: reader.GetBoolean(1), Phases: reader.GetText(2)), stop);
            if (saved.Count == 0) return null;
            return new RulePhases(
                saved.Min(partition => partition.TakenAt), saved.TrueForAll(partition => partition.Complete),
                [.. saved.SelectMany(partition => partition.Phases is { } json ? JsonSerializer.Deserialize(json, RulePhasesJson.Default.ListRulePhase)! : [])]);
        }, stop);
}
