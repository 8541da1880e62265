using Npgsql;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>
/// Writes a batch to the tables by time it belongs to, inside the caller's transaction. Their spans are made before it, as
/// that needs a connection of its own: writers that ask for a second one while they hold the first would empty the pool
/// and wait for each other.
/// </summary>
internal sealed class TimeTableWriter(TimeSpans spans)
{
    /// <summary>Makes what the rows need. To be called before the transaction is opened.</summary>
    internal async Task PrepareAsync<T>(ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        if (MissingSpans(target, rows.Span) is not { } missing) return;
        foreach (var (table, starts) in missing) await spans.EnsureAsync(table, starts, stop);
    }

    internal async Task WriteAsync<T>(
        NpgsqlConnection connection, ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        using var batch = SortedBatch<T>.Of(rows, target);
        for (var start = 0; start < batch.Count;)
        {
            var table = target.TableOf(in batch.Rows.Span[start]);
            var end = EndOf(table, target, batch.Rows.Span, start);
            var part = batch.Rows[start..end];
            await CopyAsync(connection, table, target, part, stop);
            start = end;
        }
    }

    private async Task CopyAsync<T>(
        NpgsqlConnection connection, TimeTable table, ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        try
        {
            await OptimisticCopy.WriteAsync(connection, table, target, rows, stop);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CheckViolation)
        {
            // Another worker's retention has dropped a span that we knew: make it again, its rows go with the next pass. This
            // does ask for a second connection, but of a pool in which nobody else waits for one.
            spans.Forget(table);
            await OptimisticCopy.RollBackAsync(connection, stop);
            await PrepareAsync(target, rows, stop);
            await OptimisticCopy.WriteAsync(connection, table, target, rows, stop);
        }
    }

    private static int EndOf<T>(TimeTable table, ICopyTarget<T> target, ReadOnlySpan<T> rows, int start)
    {
        var end = start + 1;
        while (end < rows.Length && target.TableOf(in rows[end]) == table) end++;
        return end;
    }

    private Dictionary<TimeTable, HashSet<long>>? MissingSpans<T>(ICopyTarget<T> target, ReadOnlySpan<T> rows)
    {
        Dictionary<TimeTable, HashSet<long>>? missing = null;
        TimeTable? lastTable = null;
        var lastStart = 0L;
        foreach (ref readonly var row in rows)
        {
            var table = target.TableOf(in row);
            var start = table.SpanStartOf(target.TimeOf(in row));
            if (start == lastStart && ReferenceEquals(table, lastTable)) continue;
            (lastTable, lastStart) = (table, start);
            if (spans.IsKnown(table, start)) continue;
            missing ??= [];
            if (!missing.TryGetValue(table, out var starts)) missing[table] = starts = [];
            starts.Add(start);
        }

        return missing;
    }
}
