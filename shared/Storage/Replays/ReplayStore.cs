using System.Text.Json;
using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Replays;

/// <summary>
/// The queue of replays and what came of them. Any engine takes the oldest; one that no longer renews its claim loses it,
/// and what it still writes finds no row.
/// </summary>
public sealed class ReplayStore
{
    /// <summary>How many an owner may have waiting or running.</summary>
    public const int MostOpen = 5;

    /// <summary>A replay that ended this many engines is not given to the next.</summary>
    private const int MostTries = 3;

    private static readonly TimeSpan ClaimTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private readonly Database _database;

    internal ReplayStore(Database database) => _database = database;

    /// <summary>Queues a replay. Forgets those that ended a week ago by the way.</summary>
    /// <returns>Its id; null when the owner has <see cref="MostOpen"/> that are not over.</returns>
    public Task<string?> AddAsync(string? owner, ReplayRequest request, CancellationToken stop = default) =>
        _database.InTransactionAsync("add_replay", async connection =>
        {
            await using var forget = connection.Sql("DELETE FROM replays WHERE state >= 2 AND finished_at < now() - $1").With(Kept);
            await forget.ExecuteNonQueryAsync(stop);
            await using var command = connection.Sql("""
                INSERT INTO replays (id, owner, request)
                SELECT $1, $2, $3 WHERE (SELECT count(*) FROM replays WHERE state < 2 AND owner IS NOT DISTINCT FROM $2) < $4
                RETURNING id
                """)
                .With(Guid.CreateVersion7().ToString("N")).WithText(owner)
                .With(JsonSerializer.Serialize(request, ReplayJson.Default.ReplayRequest), NpgsqlDbType.Jsonb).With((long)MostOpen);
            return await command.ExecuteScalarAsync(stop) as string;
        }, stop);

    public Task<StoredReplay?> FindAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("find_replay", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT id, owner, state, progress, error, result, created_at FROM replays WHERE id = $1
                """).With(id);
            return (await command.ToListAsync(
                reader => new StoredReplay(
                    reader.GetString(0), reader.GetText(1), (ReplayState)reader.GetInt16(2), reader.GetDouble(3), reader.GetText(4),
                    reader.GetText(5), reader.GetUnixMs(6)),
                stop)).SingleOrDefault();
        }, stop);

    /// <returns>False when it is over already, or there is none.</returns>
    public Task<bool> CancelAsync(string id, CancellationToken stop = default) =>
        ChangeAsync("cancel_replay", "UPDATE replays SET state = 4, claim_id = NULL, finished_at = now() WHERE id = $1 AND state < 2", command => command.With(id), stop);

    /// <summary>Takes the oldest replay that nobody works on; null without one.</summary>
    public Task<ClaimedReplay?> ClaimAsync(CancellationToken stop = default) =>
        _database.RunAsync("claim_replay", async connection =>
        {
            await using var give = connection.Sql("""
                UPDATE replays SET state = 3, claim_id = NULL, finished_at = now(), error = 'the engines that ran it ended before it did: ask for less'
                WHERE state = 1 AND claimed_until < now() AND tries >= $1
                """).With(MostTries);
            await give.ExecuteNonQueryAsync(stop);
            await using var command = connection.Sql("""
                UPDATE replays SET state = 1, tries = tries + 1, claim_id = $1, claimed_until = now() + $2
                WHERE id = (
                    SELECT id FROM replays WHERE state = 0 OR (state = 1 AND claimed_until < now())
                    ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id, claim_id, request
                """).With(Guid.NewGuid()).With(ClaimTime);
            return (await command.ToListAsync(
                reader => new ClaimedReplay(
                    reader.GetString(0), reader.GetGuid(1), JsonSerializer.Deserialize(reader.GetString(2), ReplayJson.Default.ReplayRequest)!),
                stop)).SingleOrDefault();
        }, stop);

    /// <summary>Renews the claim and tells how far it is.</summary>
    /// <returns>False when it is ours no longer: cancelled, or taken over. Stop then.</returns>
    public Task<bool> BeatAsync(ClaimedReplay replay, double progress, CancellationToken stop = default) => ChangeAsync(
        "beat_replay",
        "UPDATE replays SET progress = $3, claimed_until = now() + $4 WHERE id = $1 AND claim_id = $2 AND state = 1",
        command => command.With(replay.Id).With(replay.Claim).With(progress).With(ClaimTime), stop);

    /// <returns>False when it was ours no longer; then nothing is written.</returns>
    public Task<bool> CompleteAsync(ClaimedReplay replay, string result, CancellationToken stop = default) => ChangeAsync(
        "complete_replay",
        "UPDATE replays SET state = 2, progress = 1, result = $3, claim_id = NULL, finished_at = now() WHERE id = $1 AND claim_id = $2 AND state = 1",
        command => command.With(replay.Id).With(replay.Claim).With(result, NpgsqlDbType.Jsonb), stop);

    /// <inheritdoc cref="CompleteAsync"/>
    public Task<bool> FailAsync(ClaimedReplay replay, string error, CancellationToken stop = default) => ChangeAsync(
        "fail_replay",
        "UPDATE replays SET state = 3, error = $3, claim_id = NULL, finished_at = now() WHERE id = $1 AND claim_id = $2 AND state = 1",
        command => command.With(replay.Id).With(replay.Claim).With(error), stop);

    /// <summary>Gives it to another engine at once: we are stopping.</summary>
    public Task<bool> GiveBackAsync(ClaimedReplay replay, CancellationToken stop = default) => ChangeAsync(
        "give_back_replay",
        "UPDATE replays SET state = 0, tries = tries - 1, claim_id = NULL, progress = 0 WHERE id = $1 AND claim_id = $2 AND state = 1",
        command => command.With(replay.Id).With(replay.Claim), stop);

    private Task<bool> ChangeAsync(string operation, string sql, Func<NpgsqlCommand, NpgsqlCommand> parameters, CancellationToken stop) =>
        _database.RunAsync(operation, async connection =>
        {
            await using var command = parameters(connection.Sql(sql));
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);
}
