using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Connections;

/// <summary>Positional, typed parameters: <c>$1</c>, <c>$2</c>, … in the order they are added.</summary>
internal static class Parameters
{
    internal static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>For values that may be null or whose type does not tell the column's.</summary>
    internal static NpgsqlCommand With(this NpgsqlCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    internal static NpgsqlCommand WithText(this NpgsqlCommand command, string? value) => command.With(value, NpgsqlDbType.Text);

    internal static NpgsqlCommand WithTime(this NpgsqlCommand command, long unixMs) =>
        command.With(PgTime.FromUnixMs(unixMs), NpgsqlDbType.TimestampTz);

    internal static NpgsqlCommand Sql(this NpgsqlConnection connection, string sql) => new(sql, connection);

    internal static long GetUnixMs(this NpgsqlDataReader reader, int column) => PgTime.ToUnixMs(reader.GetFieldValue<long>(column));

    internal static long? GetUnixMsOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetUnixMs(column);

    internal static string? GetText(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    internal static double? GetNumber(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    /// <summary>Reads all rows into a list.</summary>
    internal static async Task<List<T>> ToListAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) rows.Add(read(reader));
        return rows;
    }
}
