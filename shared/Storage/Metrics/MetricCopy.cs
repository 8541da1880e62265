using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Metrics;

/// <summary>Frames as rows. A frame that was calculated again, after a correction, replaces the former one.</summary>
internal sealed class MetricCopy : ICopyTarget<MetricRow>
{
    internal static readonly MetricCopy Instance = new();

    public string Columns => "instrument_id, minute, catalogue_hash, numbers";

    public TimeTable TableOf(in MetricRow row) => TimeTable.Metrics;

    public long TimeOf(in MetricRow row) => row.Minute;

    public int Compare(in MetricRow left, in MetricRow right)
    {
        var order = left.InstrumentId.CompareTo(right.InstrumentId);
        return order != 0 ? order : left.Minute.CompareTo(right.Minute);
    }

    public bool Replaces(in MetricRow later, in MetricRow earlier) => true;

    public async ValueTask WriteAsync(NpgsqlBinaryImporter importer, MetricRow row, CancellationToken stop)
    {
        await importer.WriteAsync(row.InstrumentId, NpgsqlDbType.Integer, stop);
        await importer.WriteAsync(PgTime.FromUnixMs(row.Minute), NpgsqlDbType.TimestampTz, stop);
        await importer.WriteAsync(unchecked((long)row.CatalogueHash), NpgsqlDbType.Bigint, stop);
        await importer.WriteAsync(row.Numbers, NpgsqlDbType.Array | NpgsqlDbType.Double, stop);
    }

    public string MergeInto(TimeTable table, string staging) => $"""
        INSERT INTO {table.Name} ({Columns}) SELECT {Columns} FROM {staging} ORDER BY instrument_id, minute
        ON CONFLICT (instrument_id, minute) DO UPDATE SET catalogue_hash = excluded.catalogue_hash, numbers = excluded.numbers
        """;
}
