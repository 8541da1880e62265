using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.Alerts;

/// <summary>A recorded alert as it is stored, and who took it over.</summary>
/// <param name="EventTime">Unix ms.</param>
/// <param name="Json">UTF-8, an object without <c>acknowledged_by</c>.</param>
/// <param name="AcknowledgedAt">Unix ms.</param>
public sealed record AlertRow(string Id, long EventTime, byte[] Json, long? AcknowledgedAt, string? AcknowledgedBy)
{
    // Only acknowledgements themselves (state 2) name somebody in the event.
    internal const string Columns = """
        id, event_time, CASE WHEN state = 2 THEN event - 'acknowledged_by' ELSE event END, acknowledged_at,
        CASE WHEN state = 2 THEN coalesce(acknowledged_by, event ->> 'acknowledged_by') ELSE acknowledged_by END
        """;

    internal static AlertRow Read(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetUnixMs(1), reader.GetFieldValue<byte[]>(2), reader.GetUnixMsOrNull(3), reader.GetText(4));
}
