using System.Runtime.CompilerServices;
using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Indicators;

namespace CryptoScreener.ApiGateway.Compatibility;

/// <summary>A frame in the shape of the earlier product: <c>{symbol, timeframes: {"5m": {…}}}</c>. What is not known is null.</summary>
internal sealed class FormerMetrics
{
    // The parameters that the earlier product had.
    private static readonly (string Field, string Function, string[] Arguments)[] Fields =
    [
        ("open", "open", []), ("high", "high", []), ("low", "low", []), ("close", "close", []), ("volume", "volume", []), ("price_change", "change", []),
        ("volume_ratio", "volume_ratio", []), ("vcp", "vcp", []), ("rsi_14", "rsi", ["14"]), ("macd", "macd", ["12", "26", "9"]),
        ("macd_signal", "macd_signal", ["12", "26", "9"]), ("bb_upper", "bb_upper", ["20", "2"]), ("bb_middle", "bb_middle", ["20", "2"]), ("bb_lower", "bb_lower", ["20", "2"]),
    ];

    private const int High = 1;
    private const int Low = 2;
    private const int Close = 3;
    private static readonly string[] Levels = ["pivot", "r1", "r2", "r3", "s1", "s2", "s3"]; // in the order of the kernel
    private static readonly ConditionalWeakTable<MetricCatalogue, FormerMetrics> Known = new();
    private readonly (Timeframe Timeframe, int[] Columns)[] _timeframes;

    private FormerMetrics(MetricCatalogue catalogue) => _timeframes =
    [
        .. catalogue.Metrics.Where(metric => metric.Function == "open").Select(metric => metric.Arguments[0]).Select(name => (
            Timeframe.Parse(name), Fields.Select(field => catalogue.ColumnOf(MetricDefinition.NameOf(field.Function, [.. field.Arguments, name]))).ToArray())),
    ];

    public static void Write(Utf8JsonWriter json, LatestFrame frame, bool withTime)
    {
        json.WriteStartObject();
        json.WriteString("symbol", frame.Instrument.Symbol);
        if (withTime) json.WriteString("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(frame.Header.EventTime).UtcDateTime);
        json.WriteStartObject("timeframes");
        foreach (var (timeframe, columns) in Known.GetValue(frame.Catalogue, static catalogue => new FormerMetrics(catalogue))._timeframes)
        {
            json.WriteStartObject(timeframe.ToString());
            // The windows slide: each ends with the frame's minute.
            json.WriteNumber("time", frame.Header.Minute + Timeframe.MinuteMs - timeframe.Milliseconds);
            for (var i = 0; i < columns.Length; i++) Write(json, Fields[i].Field, Value(frame, columns[i]));
            WriteFibonacci(json, Value(frame, columns[High]), Value(frame, columns[Low]), Value(frame, columns[Close]));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFibonacci(Utf8JsonWriter json, double high, double low, double close)
    {
        Span<double> levels = stackalloc double[Levels.Length];
        FibonacciKernel.Levels(high, low, close, levels);
        json.WriteStartObject("fibonacci");
        for (var i = 0; i < Levels.Length; i++) Write(json, Levels[i], levels[i]);
        json.WriteEndObject();
    }

    private static double Value(LatestFrame frame, int column) => column < 0 ? double.NaN : frame.Values[column];

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
