using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// One line of JSON per event: timestamp, level, message, event_id, event, service, instance, component, correlation_id,
/// trace_id, span_id, exception, then the event's own properties in snake_case. What an event does not have is left out.
/// </summary>
internal sealed class JsonLogFormatter(WorkerIdentity worker) : ITextFormatter
{
    private static readonly JsonValueFormatter Values = new(typeTagName: null);
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}", CultureInfo.InvariantCulture);

    // Property names come from message templates: few, and known to the compiler.
    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);

    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "timestamp", "level", "message", "event", "event_id", "service", "instance", "component", "correlation_id", "trace_id", "span_id", "exception",
    };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write("{\"timestamp\":\"");
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        output.Write("\",\"level\":\"");
        output.Write(LevelNames.Of(logEvent.Level));
        output.Write('"');
        Text(output, "message", Render(logEvent));
        if (logEvent.Properties.TryGetValue("EventId", out var id) && id is StructureValue identity) Event(output, identity);
        Text(output, "service", worker.Service);
        Text(output, "instance", worker.Instance);
        Scalar(output, "component", logEvent, "SourceContext");
        Scalar(output, "correlation_id", logEvent, CorrelationEnricher.Property);
        if (logEvent.TraceId is { } trace) Text(output, "trace_id", trace.ToHexString());
        if (logEvent.SpanId is { } span) Text(output, "span_id", span.ToHexString());
        if (logEvent.Exception is { } exception) Exception(output, exception);
        Properties(output, logEvent);
        output.Write("}\n");
    }

    private static string Render(LogEvent logEvent)
    {
        using var message = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, message);
        return message.ToString();
    }

    private static void Event(TextWriter output, StructureValue identity)
    {
        foreach (var part in identity.Properties)
        {
            if (part is { Name: "Name", Value: ScalarValue { Value: string name } }) Text(output, "event", SnakeCase(name));
            if (part is { Name: "Id", Value: ScalarValue { Value: int number and not 0 } })
            {
                output.Write(",\"event_id\":");
                output.Write(number);
            }
        }
    }

    private static void Exception(TextWriter output, Exception exception)
    {
        output.Write(",\"exception\":{\"type\":");
        var type = exception is RedactedException redacted ? redacted.OriginalType : exception.GetType();
        JsonValueFormatter.WriteQuotedJsonString(type.FullName ?? type.Name, output);
        Text(output, "message", exception.Message);
        Text(output, "stack", exception.ToString());
        output.Write('}');
    }

    private static void Properties(TextWriter output, LogEvent logEvent)
    {
        foreach (var (name, value) in logEvent.Properties)
        {
            // Written above; trace identity comes from the activity itself rather than from logging scopes.
            if (name is "EventId" or "SourceContext" or CorrelationEnricher.Property or "TraceId" or "SpanId" or "ParentId") continue;

            var field = SnakeCase(name);
            output.Write(Fields.Contains(field) ? ",\"property_" : ",\"");
            output.Write(field);
            output.Write("\":");
            Values.Format(value, output);
        }
    }

    private static void Scalar(TextWriter output, string field, LogEvent logEvent, string property)
    {
        if (logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text }) Text(output, field, text);
    }

    private static void Text(TextWriter output, string field, string value)
    {
        output.Write(",\"");
        output.Write(field);
        output.Write("\":");
        JsonValueFormatter.WriteQuotedJsonString(value, output);
    }

    private static string SnakeCase(string name) => Names.GetOrAdd(name, JsonNamingPolicy.SnakeCaseLower.ConvertName);
}
