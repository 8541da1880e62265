using Npgsql;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>How rows of one kind become rows of tables by time.</summary>
internal interface ICopyTarget<T>
{
    string Columns { get; }

    TimeTable TableOf(in T row);

    long TimeOf(in T row);

    /// <summary>By table, then by key; zero for rows of one key.</summary>
    int Compare(in T left, in T right);

    /// <summary>Whether a later row of the same key takes the place of an earlier one. The merge decides alike.</summary>
    bool Replaces(in T later, in T earlier);

    ValueTask WriteAsync(NpgsqlBinaryImporter importer, T row, CancellationToken stop);

    /// <summary>The statement that moves staged rows into their table.</summary>
    string MergeInto(TimeTable table, string staging);
}
