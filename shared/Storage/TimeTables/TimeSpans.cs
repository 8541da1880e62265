using System.Collections.Concurrent;
using System.Globalization;
using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>Makes the native partitions that rows need, and remembers which are there. Hypertables make their own chunks.</summary>
internal sealed class TimeSpans(Database database)
{
    internal const long LockKey = 0x5C2EE9E3;

    // A drop waits for every reader of the table, and everybody else waits behind it: rather try again in an hour.
    private const string DropPatience = "3s";

    private readonly ConcurrentDictionary<(TimeTable Table, long Start), bool> _known = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    internal bool IsKnown(TimeTable table, long unixMs) => _known.ContainsKey((table, table.SpanStartOf(unixMs)));

    /// <summary>To be called when the server says that a partition is not there after all: retention has dropped it.</summary>
    internal void Forget(TimeTable table)
    {
        foreach (var key in _known.Keys)
            if (key.Table == table) _known.TryRemove(key, out _);
    }

    /// <summary>One after the other: all would wait for the same lock, each with a connection that others could work with.</summary>
    internal async Task EnsureAsync(TimeTable table, IReadOnlyCollection<long> spanStarts, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            var missing = spanStarts.Where(start => !_known.ContainsKey((table, start))).ToList();
            if (missing.Count > 0) await MakeAllAsync(table, missing, stop);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task MakeAllAsync(TimeTable table, List<long> spanStarts, CancellationToken stop)
    {
        await database.InTransactionAsync("ensure_time_spans", async connection =>
        {
            await LockAsync(connection, stop);
            if (!await IsNativeAsync(connection, table, stop)) return false;
            foreach (var start in spanStarts) await MakeAsync(connection, table, start, stop);
            return true;
        }, stop);
        foreach (var start in spanStarts) _known[(table, start)] = true;
    }

    /// <summary>Drops the spans that end at or before a time.</summary>
    /// <returns>How many; null when the table was read for so long that nothing was dropped.</returns>
    internal async Task<int?> TryDropBeforeAsync(TimeTable table, long before, CancellationToken stop)
    {
        try
        {
            return await DropBeforeAsync(table, before, stop);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
        }
    }

    private async Task<int> DropBeforeAsync(TimeTable table, long before, CancellationToken stop)
    {
        var dropped = await database.InTransactionAsync("drop_time_spans", async connection =>
        {
            await LockAsync(connection, stop);
            await ExecuteAsync(connection, $"SET LOCAL lock_timeout = '{DropPatience}'", stop);
            if (!await IsNativeAsync(connection, table, stop)) return await DropChunksAsync(connection, table, before, stop);
            var expired = (await SpansAsync(connection, table, stop)).Where(span => span.Start + table.WidthMs <= before).ToList();
            foreach (var (name, _) in expired) await ExecuteAsync(connection, $"DROP TABLE {name}", stop);
            return expired.Count;
        }, stop);
        if (dropped > 0) Forget(table);
        return dropped;
    }

    internal static async Task<bool> IsNativeAsync(NpgsqlConnection connection, TimeTable table, CancellationToken stop)
    {
        await using var command = connection.Sql("SELECT relkind = 'p' FROM pg_class WHERE oid = $1::regclass").With(table.Name);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    // Made apart and attached: ATTACH lets readers and writers of the table go on, CREATE … PARTITION OF would wait for all of them.
    private static async Task MakeAsync(NpgsqlConnection connection, TimeTable table, long start, CancellationToken stop)
    {
        var name = table.SpanNameOf(start);
        await using var exists = connection.Sql("SELECT to_regclass($1) IS NOT NULL").With(name);
        if ((bool)(await exists.ExecuteScalarAsync(stop))!) return;
        await ExecuteAsync(connection, $"""
            CREATE TABLE {name} (LIKE {table.Name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE);
            ALTER TABLE {table.Name} ATTACH PARTITION {name} FOR VALUES FROM ('{Literal(start)}') TO ('{Literal(start + table.WidthMs)}');
            """, stop);
    }

    private static async Task<List<(string Name, long Start)>> SpansAsync(
        NpgsqlConnection connection, TimeTable table, CancellationToken stop)
    {
        await using var command = connection.Sql("""
            SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = $1::regclass
            """).With(table.Name);
        return await command.ToListAsync(reader => (reader.GetString(0), table.SpanStartOfName(reader.GetString(0))), stop);
    }

    private static async Task<int> DropChunksAsync(NpgsqlConnection connection, TimeTable table, long before, CancellationToken stop)
    {
        await using var command = connection.Sql("SELECT count(*)::integer FROM drop_chunks($1::regclass, older_than => $2)")
            .With(table.Name).WithTime(before);
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Sql("SELECT pg_advisory_xact_lock($1)").With(LockKey);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.Sql(sql);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static string Literal(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
}
