using CryptoScreener.Hosting.Logging;
using Serilog.Events;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class JsonLogFormatterTests
{
    [Fact]
    public void An_event_becomes_one_line_with_the_documented_fields() => Assert.Equal(
        """{"timestamp":"2026-03-01T12:00:00.123456Z","level":"warning","message":"Candle rejected: BTCUSDT at 61000.5","event_id":2101,"event":"candle_rejected","service":"data-collector","instance":"pod-7","component":"CryptoScreener.DataCollector.Candles.CandleGate","correlation_id":"order-42","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","symbol":"BTCUSDT","last_price":61000.5,"is_closed":true}""" + "\n",
        Format(LogEvents.Make(
            "Candle rejected: {Symbol} at {LastPrice}",
            LogEventLevel.Warning,
            exception: null,
            ("EventId", LogEvents.EventId(2101, "CandleRejected")),
            ("SourceContext", "CryptoScreener.DataCollector.Candles.CandleGate"),
            ("CorrelationId", "order-42"),
            ("TraceId", "the activity's own is used"),
            ("Symbol", "BTCUSDT"),
            ("LastPrice", 61000.5),
            ("IsClosed", true))));

    [Fact]
    public void A_message_reads_as_a_person_would_write_it() =>
        Assert.Contains(
            "\"message\":\"okx is Friday since 2026-03-01T12:00:00.0000000Z for 00:00:05\"",
            Format(LogEvents.Make(
                "{Exchange} is {State} since {Since:o} for {Duration}",
                LogEventLevel.Information,
                exception: null,
                ("Exchange", "okx"),
                ("State", DayOfWeek.Friday),
                ("Since", new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc)),
                ("Duration", TimeSpan.FromSeconds(5)))),
            StringComparison.Ordinal);

    [Fact]
    public void An_exception_is_an_object_with_type_message_and_stack()
    {
        var line = Format(LogEvents.Make("Failed", LogEventLevel.Error, new InvalidOperationException("a \"bad\"\nday")));

        Assert.Contains(
            """
            ,"exception":{"type":"System.InvalidOperationException","message":"a \"bad\"\nday","stack":"System.InvalidOperationException: a \"bad\"\nday"}}
            """,
            line,
            StringComparison.Ordinal);
        Assert.Equal(1, line.Count(c => c == '\n'));
    }

    [Fact]
    public void A_property_cannot_pose_as_one_of_the_documented_fields() =>
        Assert.Contains(
            """
            ,"property_level":"mine","property_message":"forged"}
            """,
            Format(LogEvents.Make("Hello", LogEventLevel.Information, null, ("Level", "mine"), ("Message", "forged"))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(LogEventLevel.Verbose, "trace")]
    [InlineData(LogEventLevel.Debug, "debug")]
    [InlineData(LogEventLevel.Information, "information")]
    [InlineData(LogEventLevel.Error, "error")]
    [InlineData(LogEventLevel.Fatal, "critical")]
    public void Levels_carry_the_names_that_the_settings_use(LogEventLevel level, string name) =>
        Assert.Contains($"\"level\":\"{name}\"", Format(LogEvents.Make("x", level)), StringComparison.Ordinal);

    private static string Format(LogEvent logEvent)
    {
        using var output = new StringWriter();
        new JsonLogFormatter(new("data-collector", "pod-7", "0.1.0", UpstreamPackages: false)).Format(logEvent, output);
        return output.ToString();
    }
}
