using System.Text.Json;
using CryptoScreener.ApiGateway.Live;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>A frame as the API shows it; a metric that is not known is null, never zero.</summary>
internal static class FrameJson
{
    public static void Write(Utf8JsonWriter json, LatestFrame frame, IReadOnlyList<string> columns)
    {
        json.WriteStartObject();
        json.WriteString("exchange", frame.Instrument.Exchange);
        json.WriteString("symbol", frame.Instrument.Symbol);
        json.WriteNumber("minute", frame.Header.Minute);
        json.WriteBoolean("closed", frame.Header.IsClosed);
        json.WriteNumber("event_time", frame.Header.EventTime);
        json.WriteStartObject("metrics");
        if (columns.Count == 0)
            for (var i = 0; i < frame.Values.Length; i++) WriteNumber(json, frame.Catalogue.Metrics[i].Name, frame.Values[i]);
        foreach (var column in columns)
            WriteNumber(json, column, frame.Catalogue.ColumnOf(column) is >= 0 and var i ? frame.Values[i] : double.NaN);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
