using System.Text.Json;
using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Silences;

/// <summary>
/// The silences. None reaches into the past: what was said of an event time stays true, so an engine that evaluates it
/// again decides as the first one did.
/// </summary>
public sealed class SilenceStore
{
    private const string Columns = "id, owner, matchers, starts_at, ends_at, comment, created_by";
    private readonly Database _database;

    internal SilenceStore(Database database) => _database = database;

    /// <summary>The silences that end after a time, newest first.</summary>
    public Task<List<Silence>> ListAsync(long endingAfter, CancellationToken stop = default) =>
        _database.RunAsync("list_silences", async connection =>
        {
            await using var command = connection.Sql($"SELECT {Columns} FROM silences WHERE ends_at > $1 ORDER BY id DESC").WithTime(endingAfter);
            return await command.ToListAsync(Read, stop);
        }, stop);

    public Task<Silence?> FindAsync(long id, CancellationToken stop = default) =>
        _database.RunAsync("find_silence", async connection =>
        {
            await using var command = connection.Sql($"SELECT {Columns} FROM silences WHERE id = $1").With(id);
            return (await command.ToListAsync(Read, stop)).SingleOrDefault();
        }, stop);

    /// <summary>How many of an owner's end after a time.</summary>
    public Task<long> CountAsync(string owner, long endingAfter, CancellationToken stop = default) =>
        _database.RunAsync("count_silences", async connection =>
        {
            await using var command = connection.Sql("SELECT count(*) FROM silences WHERE owner = $1 AND ends_at > $2").With(owner).WithTime(endingAfter);
            return (long)(await command.ExecuteScalarAsync(stop))!;
        }, stop);

    /// <summary>Adds a silence, from now on at the earliest.</summary>
    /// <returns>The silence as it is stored.</returns>
    public Task<Silence> AddAsync(Silence silence, CancellationToken stop = default) =>
        _database.RunAsync("add_silence", async connection =>
        {
            await using var command = Write(connection, silence, $"""
                INSERT INTO silences (owner, matchers, starts_at, ends_at, comment, created_by)
                VALUES ($1, $2, greatest($3, date_trunc('milliseconds', now())), $4, $5, $6) RETURNING {Columns}
                """);
            return (await command.ToListAsync(Read, stop)).Single();
        }, stop);

    /// <summary>Changes what a silence covers and when it ends. One that has begun keeps its beginning; its owner stays.</summary>
    /// <returns>The silence as it is stored; null when there is none with this id that has not ended.</returns>
    public Task<Silence?> ReplaceAsync(Silence silence, CancellationToken stop = default) =>
        _database.RunAsync("replace_silence", async connection =>
        {
            await using var command = Write(connection, silence, $"""
                UPDATE silences SET
                    matchers = $2,
                    starts_at = CASE WHEN starts_at <= now() THEN starts_at ELSE greatest($3, date_trunc('milliseconds', now())) END,
                    ends_at = greatest($4, date_trunc('milliseconds', now())),
                    comment = $5
                WHERE id = $7 AND ends_at > now() AND owner IS NOT DISTINCT FROM $1 RETURNING {Columns}
                """).With(silence.Id);
            return (await command.ToListAsync(Read, stop)).SingleOrDefault();
        }, stop);

    /// <summary>Ends a silence now. It stays listed as what it was; one that had not begun is gone.</summary>
    /// <returns>False when there is none with this id that has not ended.</returns>
    public Task<bool> EndAsync(long id, CancellationToken stop = default) =>
        _database.RunAsync("end_silence", async connection =>
        {
            await using var command = connection.Sql("""
                WITH gone AS (DELETE FROM silences WHERE id = $1 AND starts_at > now() RETURNING id),
                ended AS (
                    UPDATE silences SET ends_at = greatest(starts_at, date_trunc('milliseconds', now()))
                    WHERE id = $1 AND starts_at <= now() AND ends_at > now() RETURNING id)
                SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM ended)
                """).With(id);
            return await command.ExecuteScalarAsync(stop) is > 0L;
        }, stop);

    private static NpgsqlCommand Write(NpgsqlConnection connection, Silence silence, string sql) => connection.Sql(sql)
        .WithText(silence.Owner)
        .With(JsonSerializer.Serialize(silence.Matchers, SilenceJson.Default.SilenceMatchers), NpgsqlDbType.Jsonb)
        .WithTime(silence.StartsAt).WithTime(silence.EndsAt).With(silence.Reason).WithText(silence.CreatedBy);

    private static Silence Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        Owner = reader.GetText(1),
        Matchers = JsonSerializer.Deserialize(reader.GetString(2), SilenceJson.Default.SilenceMatchers)!,
        StartsAt = reader.GetUnixMs(3),
        EndsAt = reader.GetUnixMs(4),
        Reason = reader.GetString(5),
        CreatedBy = reader.GetText(6),
    };
}
