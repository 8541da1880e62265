using System.Text.Json;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Rows of an exchange's list, each read for itself: one that makes no sense must not keep the others from us.</summary>
internal static class ReadableRows
{
    /// <summary>When no row at all can be read, the list has another form than we know: that is a failure.</summary>
    /// <param name="read">Null for a row that is none of ours.</param>
    public static (IReadOnlyList<T> Rows, int Unreadable) Of<T>(JsonElement list, Func<JsonElement, T?> read)
        where T : class
    {
        var (rows, unreadable) = (new List<T>(), 0);
        foreach (var row in list.EnumerateArray())
        {
            try
            {
                if (read(row) is { } readable) rows.Add(readable);
            }
            catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException)
            {
                unreadable++;
            }
        }

        if (unreadable > 0 && unreadable == list.GetArrayLength()) throw new FormatException($"none of {unreadable} rows can be read");
        return (rows, unreadable);
    }
}
