using Serilog.Core;
using Serilog.Events;

namespace CryptoScreener.Hosting.Logging;

/// <summary>Takes secrets out of properties and exceptions on the writer's thread, before any formatter sees them.</summary>
internal sealed class RedactingSink(ILogEventSink inner) : ILogEventSink, IDisposable
{
    private static readonly ScalarValue Masked = new(Secrets.Mask);

    public void Emit(LogEvent logEvent)
    {
        List<LogEventProperty>? changes = null;
        foreach (var (name, value) in logEvent.Properties)
        {
            var clean = Clean(name, value);
            if (!ReferenceEquals(clean, value)) (changes ??= []).Add(new(name, clean));
        }

        foreach (var change in changes ?? []) logEvent.AddOrUpdateProperty(change);
        inner.Emit(WithCleanException(logEvent));
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private static LogEventPropertyValue Clean(string name, LogEventPropertyValue value)
    {
        if (Secrets.IsSecretName(name)) return Masked;

        switch (value)
        {
            case ScalarValue { Value: string text }:
                var clean = Secrets.Clean(text);
                return ReferenceEquals(clean, text) ? value : new ScalarValue(clean);
            case ScalarValue { Value: Uri address }:
                return new ScalarValue(Secrets.Clean(address.OriginalString));
            case StructureValue structure:
                return new StructureValue(structure.Properties.Select(part => new LogEventProperty(part.Name, Clean(part.Name, part.Value))), structure.TypeTag);
            case DictionaryValue dictionary:
                return new DictionaryValue(dictionary.Elements.Select(entry =>
                    KeyValuePair.Create(entry.Key, Clean(entry.Key.Value?.ToString() ?? "", entry.Value))));
            case SequenceValue sequence:
                return new SequenceValue(sequence.Elements.Select(element => Clean(name, element)));
            default:
                return value;
        }
    }

    private static LogEvent WithCleanException(LogEvent logEvent)
    {
        if (logEvent.Exception is not { } exception) return logEvent;

        var text = exception.ToString();
        var clean = Secrets.Clean(text);
        return ReferenceEquals(text, clean)
            ? logEvent
            : new LogEvent(
                logEvent.Timestamp, logEvent.Level, new RedactedException(exception, clean), logEvent.MessageTemplate,
                logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
                logEvent.TraceId ?? default, logEvent.SpanId ?? default);
    }
}
