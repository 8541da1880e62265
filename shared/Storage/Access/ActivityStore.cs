using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Access;

/// <summary>Which accounts use the API. What is a month old is forgotten.</summary>
public sealed class ActivityStore
{
    private readonly Database _database;

    internal ActivityStore(Database database) => _database = database;

    /// <param name="seen">Unix ms by subject.</param>
    public Task NoteAsync(IReadOnlyDictionary<string, long> seen, CancellationToken stop = default) =>
        _database.RunAsync("note_activity", async connection =>
        {
            // In one order, so that two gateways never wait for each other in a circle.
            var sorted = seen.OrderBy(one => one.Key, StringComparer.Ordinal).ToList();
            await using var command = connection.Sql("""
                INSERT INTO account_activity AS known (subject, seen_at) SELECT * FROM unnest($1, $2)
                ON CONFLICT (subject) DO UPDATE SET seen_at = greatest(known.seen_at, excluded.seen_at)
                """)
                .With(sorted.Select(one => one.Key).ToArray())
                .With(sorted.Select(one => PgTime.FromUnixMs(one.Value)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
            await command.ExecuteNonQueryAsync(stop);
            await using var clean = connection.Sql("DELETE FROM account_activity WHERE seen_at < now() - interval '1 month'");
            await clean.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>How many accounts were seen since each of two times (unix ms).</summary>
    public Task<(long Lately, long Before)> CountAsync(long since, long sinceEarlier, CancellationToken stop = default) =>
        _database.RunAsync("count_activity", async connection =>
        {
            await using var command = connection.Sql("SELECT count(*) FILTER (WHERE seen_at >= $1), count(*) FROM account_activity WHERE seen_at >= $2")
                .WithTime(since).WithTime(sinceEarlier);
            return (await command.ToListAsync(reader => (reader.GetInt64(0), reader.GetInt64(1)), stop))[0];
        }, stop);
}
