using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>The result of a screener query: which instruments come in, go out, and change.</summary>
internal sealed class ScreenerTopic(string id, MarketView market, ScreenerQuery query, FrameColumns columns) : Topic(id)
{
    private Dictionary<InstrumentId, LatestFrame> _rows = [];
    private int _total;

    public override IReadOnlyList<RuleMetric> Metrics(MetricCatalogue catalogue) => [.. columns.Metrics(catalogue), .. query.Metrics(catalogue)];

    protected override void Start()
    {
        _rows = query.Run(market.Frames, out _total).ToDictionary(frame => frame.Instrument);
    }

    protected override void WriteUpdates()
    {
        if (market.Changes.Count == 0) return;
        var now = query.Run(market.Frames, out var total).ToDictionary(frame => frame.Instrument);
        var entered = now.Values.Where(frame => !_rows.ContainsKey(frame.Instrument)).ToList();
        var left = _rows.Keys.Where(instrument => !now.ContainsKey(instrument)).ToList();
        var changed = now.Values.Where(frame => _rows.TryGetValue(frame.Instrument, out var before) && !ReferenceEquals(before, frame) && columns.Differ(before, frame)).ToList();
        var isNews = total != _total || entered.Count + left.Count + changed.Count > 0;
        (_rows, _total) = (now, total);
        if (isNews) Write(entered, left, changed);
    }

    protected override void WriteSnapshot(TopicWriter writer, Utf8JsonWriter json)
    {
        columns.WriteNames(json);
        json.WriteNumber("total"u8, _total);
        WriteRows(json, "rows"u8, _rows.Values);
    }

    private void Write(List<LatestFrame> entered, List<InstrumentId> left, List<LatestFrame> changed)
    {
        var json = BeginUpdate();
        json.WriteNumber("total"u8, _total);
        WriteRows(json, "entered"u8, entered);
        json.WriteStartArray("left"u8);
        foreach (var instrument in left)
        {
            json.WriteStartArray();
            json.WriteStringValue(instrument.Exchange);
            json.WriteStringValue(instrument.Symbol);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteRows(json, "changed"u8, changed);
        foreach (var frame in entered.Concat(changed)) Clock.Writer.Born(frame.Header.CalculatedAt);
        EndUpdate();
    }

    private void WriteRows(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<LatestFrame> rows)
    {
        json.WriteStartArray(name);
        foreach (var frame in rows) columns.WriteRow(json, frame);
        json.WriteEndArray();
    }
}
