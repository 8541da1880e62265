using System.Text.Json;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>Some metrics by name, found in frames of any catalogue. One thread at a time.</summary>
internal sealed class FrameColumns(IReadOnlyList<string> names)
{
    private readonly ByCatalogue<int[]> _columns = new(catalogue => [.. names.Select(catalogue.ColumnOf)]);
    private readonly ByCatalogue<RuleMetric[]> _metrics = new(catalogue => [.. names.Select(name => MetricName.Find(name, catalogue)).OfType<RuleMetric>()]);

    public IReadOnlyList<string> Names => names;

    /// <summary>What it shows; a column of −1 is one that nobody calculates yet. Names that are no metric's are left out: while there was no catalogue, none was refused.</summary>
    public IReadOnlyList<RuleMetric> Metrics(MetricCatalogue catalogue) => _metrics.Of(catalogue);

    /// <summary>Whether a row of this frame differs from a row of the other.</summary>
    public bool Differ(LatestFrame one, LatestFrame other)
    {
        if (one.Header.Minute != other.Header.Minute || one.Header.IsClosed != other.Header.IsClosed) return true;
        if (!ReferenceEquals(one.Catalogue, other.Catalogue)) return true;
        foreach (var column in _columns.Of(one.Catalogue))
            if (column >= 0 && !one.Values[column].Equals(other.Values[column])) return true; // Equals: unknown stays unknown
        return false;
    }

    /// <summary>One row: <c>[exchange, symbol, minute, closed, v1, v2, …]</c>; a metric that is not known is null, never zero.</summary>
    public void WriteRow(Utf8JsonWriter json, LatestFrame frame)
    {
        json.WriteStartArray();
        json.WriteStringValue(frame.Instrument.Exchange);
        json.WriteStringValue(frame.Instrument.Symbol);
        json.WriteNumberValue(frame.Header.Minute);
        json.WriteBooleanValue(frame.Header.IsClosed);
        foreach (var column in _columns.Of(frame.Catalogue))
        {
            if (column >= 0 && double.IsFinite(frame.Values[column])) json.WriteNumberValue(frame.Values[column]);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    public void WriteNames(Utf8JsonWriter json)
    {
        json.WriteStartArray("columns"u8);
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
