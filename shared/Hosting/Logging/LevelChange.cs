using Serilog.Events;
using Serilog.Parsing;

namespace CryptoScreener.Hosting.Logging;

/// <summary>The event that tells a reader of the log why lesser events are missing from here on, or are back.</summary>
internal static class LevelChange
{
    private static readonly LogEventProperty Identity =
        new("EventId", new StructureValue([new("Id", new ScalarValue(1020)), new("Name", new ScalarValue("LogLevelChanged"))]));

    private static readonly MessageTemplate Template = new MessageTemplateParser().Parse(
        "Log queue at {QueueDepth}: writing {MinimumLevel} and above. If this recurs, lower Logging:LogLevel or give the output more room");

    public static LogEvent Announcement(DateTimeOffset at, LogEventLevel level, int depth) => new(
        at,
        LogEventLevel.Warning,
        exception: null,
        Template,
        [Identity, new("QueueDepth", new ScalarValue(depth)), new("MinimumLevel", new ScalarValue(LevelNames.Of(level)))]);
}
