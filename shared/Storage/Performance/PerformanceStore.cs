using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Performance;

/// <summary>How the system did in a minute.</summary>
/// <param name="Minute">Its beginning, in unix ms.</param>
/// <param name="Sample">JSON of the one who measured.</param>
public sealed record PerformanceRow(long Minute, string Sample);

/// <summary>A row for each minute and thirty days of them. Every gateway hears the same, so who writes a minute first is as good as any.</summary>
public sealed class PerformanceStore
{
    public const int DaysKept = 30;
    private readonly Database _database;

    internal PerformanceStore(Database database) => _database = database;

    public Task KeepAsync(IReadOnlyList<PerformanceRow> rows, CancellationToken stop = default) =>
        _database.RunAsync("keep_performance", async connection =>
        {
            await using var command = connection.Sql($"""
                WITH old AS (DELETE FROM performance WHERE minute < now() - interval '{DaysKept} days')
                INSERT INTO performance (minute, sample) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING
                """)
                .With(rows.Select(row => PgTime.FromUnixMs(row.Minute)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
                .With(rows.Select(row => row.Sample).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>Oldest first.</summary>
    public Task<List<PerformanceRow>> SinceAsync(long from, CancellationToken stop = default) =>
        _database.RunAsync("read_performance", async connection =>
        {
            await using var command = connection.Sql("SELECT minute, sample FROM performance WHERE minute >= $1 ORDER BY minute").WithTime(from);
            return await command.ToListAsync(reader => new PerformanceRow(reader.GetUnixMs(0), reader.GetString(1)), stop);
        }, stop);
}
