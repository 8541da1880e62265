using CryptoScreener.Contracts.Feed;
using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Gaps;

/// <summary>The ledger of gaps: what is missing, why, and what became of it. A gap is named by its instrument and first minute.</summary>
public sealed class GapStore
{
    private readonly Database _database;

    internal GapStore(Database database) => _database = database;

    /// <summary>Notes a gap or what became of it; an outcome replaces what was noted before, the time it was found stays.</summary>
    /// <remarks>
    /// A former owner's note that it was found may come after the outcome that the new one noted: it is older, and refused. An
    /// outcome is taken by whatever clock it was noted: what is settled must not stay in the list of what is open. So is the
    /// growth of what is open, which never shrinks.
    /// </remarks>
    public Task SaveAsync(int instrumentId, long from, long through, GapState state, string cause, long at, CancellationToken stop = default) =>
        _database.RunAsync("save_gap", async connection =>
        {
            await using var command = connection.Sql("""
                INSERT INTO gaps (instrument_id, from_time, through_time, state, cause, found_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
                ON CONFLICT (instrument_id, from_time) DO UPDATE SET
                    through_time = CASE WHEN gaps.state = 0 AND excluded.state = 0
                        THEN greatest(gaps.through_time, excluded.through_time) ELSE excluded.through_time END,
                    state = excluded.state, cause = excluded.cause, updated_at = greatest(gaps.updated_at, excluded.updated_at)
                    WHERE excluded.state <> 0 OR gaps.state = 0 OR excluded.updated_at >= gaps.updated_at
                """)
                .With(instrumentId).WithTime(from).WithTime(through).With((short)state).With(cause).WithTime(at);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>What is still open of these instruments, oldest first.</summary>
    public Task<List<GapRow>> OpenOfAsync(IReadOnlyCollection<int> instrumentIds, CancellationToken stop = default) =>
        _database.RunAsync("open_gaps", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT instrument_id, from_time, through_time, state, cause, found_at, updated_at FROM gaps
                WHERE state = 0 AND instrument_id = ANY ($1) ORDER BY from_time
                """).With(instrumentIds.ToArray());
            return await command.ToListAsync(Read, stop);
        }, stop);

    /// <summary>Gaps that touch a range, newest first; of one instrument or of all, in one state or any.</summary>
    public Task<List<GapRow>> ListAsync(
        int? instrumentId, GapState? state, long from, long through, int limit, CancellationToken stop = default) =>
        _database.RunAsync("list_gaps", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT instrument_id, from_time, through_time, state, cause, found_at, updated_at FROM gaps
                WHERE ($1 IS NULL OR instrument_id = $1) AND ($2 IS NULL OR state = $2) AND through_time >= $3 AND from_time <= $4
                ORDER BY from_time DESC LIMIT $5
                """)
                .With(instrumentId, NpgsqlDbType.Integer).With((short?)state, NpgsqlDbType.Smallint)
                .WithTime(from).WithTime(through).With(limit);
            return await command.ToListAsync(Read, stop);
        }, stop);

    private static GapRow Read(NpgsqlDataReader reader) => new(
        reader.GetInt32(0), reader.GetUnixMs(1), reader.GetUnixMs(2), (GapState)reader.GetInt16(3), reader.GetString(4),
        reader.GetUnixMs(5), reader.GetUnixMs(6));
}
