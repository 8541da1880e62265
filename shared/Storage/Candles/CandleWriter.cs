using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Storage.TimeTables;
using Npgsql;

namespace CryptoScreener.Storage.Candles;

/// <summary>Stores closed candles. Writing the same rows again changes nothing; a correction replaces what it corrects.</summary>
public sealed class CandleWriter
{
    private readonly Database _database;
    private readonly TimeTableWriter _writer;

    internal CandleWriter(Database database, TimeTableWriter writer)
    {
        _database = database;
        _writer = writer;
    }

    /// <summary>All rows or none, in a transaction of its own: for backfill.</summary>
    public async Task WriteAsync(ReadOnlyMemory<CandleRow> rows, CancellationToken stop = default)
    {
        await PrepareAsync(rows, stop);
        await _database.InTransactionAsync("write_candles", async connection =>
        {
            await WriteAsync(connection, rows, stop);
            return rows.Length;
        }, stop);
    }

    /// <summary>Makes the partitions that rows need, on a connection of its own: to be called before their transaction begins.</summary>
    public Task PrepareAsync(ReadOnlyMemory<CandleRow> rows, CancellationToken stop = default) => _writer.PrepareAsync(CandleCopy.Instance, rows, stop);

    /// <summary>Together with a reader's checkpoint.</summary>
    public Task WriteAsync(FencedTransaction transaction, ReadOnlyMemory<CandleRow> rows, CancellationToken stop) =>
        WriteAsync(transaction.Connection, rows, stop);

    private async Task WriteAsync(NpgsqlConnection connection, ReadOnlyMemory<CandleRow> rows, CancellationToken stop)
    {
        await _writer.WriteAsync(connection, CandleCopy.Instance, rows, stop);
        await CandleChanges.NoteAsync(connection, rows, stop);
    }
}
