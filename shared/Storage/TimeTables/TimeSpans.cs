using System.Collections.Concurrent;
using System.Globalization;
using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>Makes the native partitions that rows need, and remembers which are there. Hypertables make their own chunks.</summary>
internal sealed class TimeSpans(Database database)
{
    private const long LockKey = 0x5C2EE9E3;
    private readonly ConcurrentDictionary<(TimeTable Table, long Start), bool> _known = new();

    internal bool IsKnown(TimeTable table, long unixMs) => _known.ContainsKey((table, table.SpanStartOf(unixMs)));

    /// <summary>To be called when the server says that a partition is not there after all: retention has dropped it.</summary>
    internal void Forget(TimeTable table)
    {
        foreach (var key in _known.Keys)
            if (key.Table == table) _known.TryRemove(key, out _);
    }

    internal async Task EnsureAsync(TimeTable table, IReadOnlyCollection<long> spanStarts, CancellationToken stop)
    {
        await database.InTransactionAsync("ensure_time_spans", async connection =>
        {
            await using (var mutex = connection.Sql("SELECT pg_advisory_xact_lock($1)").With(LockKey)) await mutex.ExecuteNonQueryAsync(stop);
            if (!await IsNativeAsync(connection, table, stop)) return false;
            foreach (var start in spanStarts) await MakeAsync(connection, table, start, stop);
            return true;
        }, stop);
        foreach (var start in spanStarts) _known[(table, start)] = true;
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
        await using var make = connection.Sql($"""
            CREATE TABLE {name} (LIKE {table.Name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE);
            ALTER TABLE {table.Name} ATTACH PARTITION {name} FOR VALUES FROM ('{Literal(start)}') TO ('{Literal(start + table.WidthMs)}');
            """);
        await make.ExecuteNonQueryAsync(stop);
    }

    private static string Literal(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
}
