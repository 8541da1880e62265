using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.Metrics;

/// <summary>
/// Metrics beyond the built-in catalogue that rules or people ask for. Calculators look here and calculate them within half a
/// minute; frames then name a new catalogue, in which they stand behind all others. What nobody uses for a month goes again,
/// and after an hour when its room is wanted: or whoever asked for a lot would keep it from all others until then. What calculators
/// object to takes no room; it stays here so that whoever asks for it hears why.
/// </summary>
public sealed class DemandStore
{
    /// <summary>Each costs memory for every instrument, so there is an end.</summary>
    public const int Most = 64;

    private const long LockKey = 0x5C2EDE3A;

    // Engines say every six hours what their rules look at: a day without means that none does, not that they are away.
    private const string OfPages = "(used_by_rules_at IS NULL OR used_by_rules_at < now() - interval '1 day')";

    private readonly Database _database;

    internal DemandStore(Database database) => _database = database;

    /// <summary>Asks for metrics that rules look at and no catalogue holds, by their names, for instance <c>rsi(7,1h)</c>.</summary>
    /// <param name="missing">Those that nobody calculates yet.</param>
    /// <param name="used">
    /// All metrics that are in use, built-in ones among them: those that were demanded are kept for another month, and others make room.
    /// </param>
    /// <returns>Those of the missing for which there is no room, and those that calculators object to.</returns>
    public Task<List<Refusal>> NoteAsync(IReadOnlyCollection<string> missing, IReadOnlyCollection<string> used, CancellationToken stop = default) =>
        NoteAsync("note_demands", missing, used, (_, room) => Task.FromResult(room), $"OR {OfPages}", "last_used_at = now(), used_by_rules_at = now()", stop);

    /// <summary>The same for what pages look at: only a part of the room is theirs, and no rule makes way for them.</summary>
    /// <param name="share">They add while fewer than these are demanded by pages alone.</param>
    public Task<List<Refusal>> NotePagesAsync(
        IReadOnlyCollection<string> missing, IReadOnlyCollection<string> used, int share, CancellationToken stop = default) =>
        NoteAsync(
            "note_page_demands", missing, used, async (connection, room) => Math.Min(room, share - await CountOfPagesAsync(connection, stop)),
            $"AND {OfPages}", "last_used_at = now()", stop);

    /// <param name="roomOf">How many of the free places are theirs: negative where guests find more than their share taken.</param>
    /// <param name="alsoGo">Which of those unused for an hour may go, or what else.</param>
    private Task<List<Refusal>> NoteAsync(
        string operation, IReadOnlyCollection<string> missing, IReadOnlyCollection<string> used,
        Func<NpgsqlConnection, int, Task<int>> roomOf, string alsoGo, string marks, CancellationToken stop) =>
        _database.InTransactionAsync(operation, async connection =>
        {
            await TakeTurnAsync(connection, stop);
            var known = await ListAsync(connection, stop);
            List<string> added = [.. missing.Distinct().Except(known.Select(demand => demand.Name)).Order(StringComparer.Ordinal)];
            string[] inUse = [.. used.Union(missing)];
            var room = added.Count == 0 ? 0 : await roomOf(connection, Math.Max(0, Most - known.Count(demand => demand.Objection is null)));
            if (room < added.Count) room += await MakeRoomAsync(connection, inUse, added.Count - room, $"last_used_at < now() - interval '1 hour' {alsoGo}", 1 - room, stop);
            room = Math.Max(0, room);
            await AddAsync(connection, added.Take(room), stop);
            await using var keep = connection.Sql($"UPDATE metric_demands SET {marks} WHERE name = ANY ($1)").With(inUse);
            await keep.ExecuteNonQueryAsync(stop);
            return RefusalsOf(missing, known, added.Skip(room));
        }, stop);

    private static List<Refusal> RefusalsOf(IEnumerable<string> missing, IEnumerable<Demand> known, IEnumerable<string> withoutRoom)
    {
        var objectedTo = known.Where(demand => demand.Objection is not null).IntersectBy(missing, demand => demand.Name);
        return [.. withoutRoom.Select(name => new Refusal(name)), .. objectedTo.Select(demand => new Refusal(demand.Name, demand.Objection))];
    }

    /// <summary>One at a time, or two could both find the last room.</summary>
    private static async Task TakeTurnAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var turn = connection.Sql("SELECT pg_advisory_xact_lock($1)").With(LockKey);
        await turn.ExecuteNonQueryAsync(stop);
    }

    private static async Task AddAsync(NpgsqlConnection connection, IEnumerable<string> names, CancellationToken stop)
    {
        await using var add = connection.Sql("INSERT INTO metric_demands (name) SELECT name FROM unnest($1) WITH ORDINALITY AS n (name, place) ORDER BY place")
            .With(names.ToArray());
        await add.ExecuteNonQueryAsync(stop);
    }

    private static async Task<int> CountOfPagesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var count = connection.Sql($"SELECT count(*)::int FROM metric_demands WHERE objection IS NULL AND {OfPages}");
        return (int)(await count.ExecuteScalarAsync(stop))!;
    }

    /// <summary>
    /// Forgets as many as are wanted of those that may go, the longest unused first. What rules or pages used within the hour stays
    /// for their equals: each change feeds every instrument anew, and somebody who edits a rule would bring about one with each edit.
    /// </summary>
    /// <param name="atLeast">None goes unless so many may: fewer would make room for nothing.</param>
    private static async Task<int> MakeRoomAsync(
        NpgsqlConnection connection, string[] used, int wanted, string mayGo, int atLeast, CancellationToken stop)
    {
        await using var forget = connection.Sql($"""
            WITH going AS (
                SELECT name FROM metric_demands WHERE NOT (name = ANY ($1)) AND objection IS NULL AND ({mayGo}) ORDER BY last_used_at, position LIMIT $2)
            DELETE FROM metric_demands WHERE name IN (SELECT name FROM going) AND (SELECT count(*) FROM going) >= $3
            """).With(used).With(wanted).With(atLeast);
        return await forget.ExecuteNonQueryAsync(stop);
    }

    /// <summary>What calculators have found: their objections to what they cannot calculate, and none to the rest.</summary>
    public Task JudgeAsync(IReadOnlyCollection<Demand> found, CancellationToken stop = default) =>
        _database.InTransactionAsync("judge_demands", async connection =>
        {
            await TakeTurnAsync(connection, stop);
            await using var write = connection.Sql("""
                UPDATE metric_demands d SET objection = f.objection FROM unnest($1, $2) AS f (name, objection)
                WHERE d.name = f.name AND d.objection IS DISTINCT FROM f.objection
                """).With(found.Select(demand => demand.Name).ToArray()).With(found.Select(demand => demand.Objection).ToArray());
            await write.ExecuteNonQueryAsync(stop);
            // They take no room, so nothing else would end them before the month is over. What is still used stays: it would come back at once.
            await using var forget = connection.Sql("""
                DELETE FROM metric_demands WHERE last_used_at < now() - interval '1 hour' AND name IN (
                    SELECT name FROM metric_demands WHERE objection IS NOT NULL ORDER BY last_used_at DESC, position DESC OFFSET $1)
                """).With(Most);
            return await forget.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>In the order in which they were first asked for.</summary>
    public Task<List<Demand>> ListAsync(CancellationToken stop = default) =>
        _database.RunAsync("list_demands", connection => ListAsync(connection, stop), stop);

    private static async Task<List<Demand>> ListAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Sql("SELECT name, objection FROM metric_demands ORDER BY position");
        return await command.ToListAsync(reader => new Demand(reader.GetString(0), reader.GetText(1)), stop);
    }
}
