using System.Diagnostics;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace CryptoScreener.UnitTests.Hosting.Logging;

internal static class LogEvents
{
    private static readonly MessageTemplateParser Parser = new();

    public static LogEvent Make(
        string template, LogEventLevel level = LogEventLevel.Information, Exception? exception = null, params (string Name, object? Value)[] properties) =>
        new(
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.Zero),
            level,
            exception,
            Parser.Parse(template),
            properties.Select(property => new LogEventProperty(
                property.Name, property.Value as LogEventPropertyValue ?? new ScalarValue(property.Value))),
            ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
            ActivitySpanId.CreateFromString("b7ad6b7169203331"));

    public static StructureValue EventId(int id, string name) => new([new("Id", new ScalarValue(id)), new("Name", new ScalarValue(name))]);
}

internal sealed class CollectingSink : ILogEventSink
{
    public List<LogEvent> Events { get; } = [];

    public void Emit(LogEvent logEvent) => Events.Add(logEvent);
}
