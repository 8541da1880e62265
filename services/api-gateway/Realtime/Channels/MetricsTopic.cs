using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>Chosen metrics of all instruments, of one exchange's, or of some.</summary>
internal sealed class MetricsTopic(string id, MarketView market, FrameColumns columns, string? exchange, IReadOnlySet<InstrumentId> only) : Topic(id)
{
    public override IReadOnlyList<RuleMetric> Metrics(MetricCatalogue catalogue) => columns.Metrics(catalogue);

    protected override void WriteUpdates()
    {
        Utf8JsonWriter? json = null;
        foreach (var (before, now) in market.Changes)
        {
            if (!Wants(now.Instrument) || (before is not null && !columns.Differ(before, now))) continue;
            if (json is null)
            {
                json = BeginUpdate();
                json.WriteStartArray("rows"u8);
            }

            columns.WriteRow(json, now);
            Clock.Writer.Born(now.Header.CalculatedAt);
        }

        if (json is null) return;
        json.WriteEndArray();
        EndUpdate();
    }

    protected override void WriteSnapshot(TopicWriter writer, Utf8JsonWriter json)
    {
        columns.WriteNames(json);
        json.WriteStartArray("rows"u8);
        foreach (var frame in market.Frames.Where(frame => Wants(frame.Instrument)).OrderBy(frame => frame.Instrument)) columns.WriteRow(json, frame);
        json.WriteEndArray();
    }

    private bool Wants(InstrumentId instrument) =>
        (exchange is null || instrument.Exchange == exchange) && (only.Count == 0 || only.Contains(instrument));
}
