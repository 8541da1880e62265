using Npgsql;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>Writes a batch to the tables by time it belongs to, making their spans first. Runs inside the caller's transaction.</summary>
internal sealed class TimeTableWriter(TimeSpans spans)
{
    internal async Task WriteAsync<T>(
        NpgsqlConnection connection, ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        using var batch = SortedBatch<T>.Of(rows, target);
        for (var start = 0; start < batch.Count;)
        {
            var table = target.TableOf(in batch.Rows.Span[start]);
            var end = EndOf(table, target, batch.Rows.Span, start);
            var part = batch.Rows[start..end];
            await EnsureSpansAsync(table, target, part, stop);
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
            // Another worker's retention has dropped a span that we knew: make it again, its rows go with the next pass.
            spans.Forget(table);
            await OptimisticCopy.RollBackAsync(connection, stop);
            await EnsureSpansAsync(table, target, rows, stop);
            await OptimisticCopy.WriteAsync(connection, table, target, rows, stop);
        }
    }

    private async Task EnsureSpansAsync<T>(TimeTable table, ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        if (MissingSpans(table, target, rows.Span) is { } missing) await spans.EnsureAsync(table, missing, stop);
    }

    private static int EndOf<T>(TimeTable table, ICopyTarget<T> target, ReadOnlySpan<T> rows, int start)
    {
        var end = start + 1;
        while (end < rows.Length && target.TableOf(in rows[end]) == table) end++;
        return end;
    }

    private HashSet<long>? MissingSpans<T>(TimeTable table, ICopyTarget<T> target, ReadOnlySpan<T> rows)
    {
        HashSet<long>? missing = null;
        var last = long.MinValue;
        foreach (ref readonly var row in rows)
        {
            var start = table.SpanStartOf(target.TimeOf(in row));
            if (start == last) continue;
            last = start;
            if (!spans.IsKnown(table, start)) (missing ??= []).Add(start);
        }

        return missing;
    }
}
