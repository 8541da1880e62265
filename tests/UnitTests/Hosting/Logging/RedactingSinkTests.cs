using CryptoScreener.Hosting.Logging;
using Serilog.Events;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class RedactingSinkTests
{
    private readonly CollectingSink _output = new();

    [Fact]
    public void Secret_properties_are_masked_by_name_at_any_depth_and_by_shape()
    {
        var nested = new StructureValue([new("Token", new ScalarValue("abc")), new("Host", new ScalarValue("nats://u:p@h"))]);

        new RedactingSink(_output).Emit(LogEvents.Make(
            "Connecting with {ApiKey} to {Url}: {Nested}", LogEventLevel.Information, null, ("ApiKey", "abc"), ("Url", "nats://u:p@h"), ("Nested", nested)));

        Assert.Equal(
            "Connecting with \"[redacted]\" to \"nats://[redacted]@h\": { Token: \"[redacted]\", Host: \"nats://[redacted]@h\" }",
            Assert.Single(_output.Events).RenderMessage());
    }

    [Fact]
    public void Secrets_in_an_exception_are_masked_wherever_it_is_written()
    {
        var refused = new InvalidOperationException("cannot open Password=hunter2", new IOException("nats://u:p@h"));

        new RedactingSink(_output).Emit(LogEvents.Make("Failed", LogEventLevel.Error, refused));

        var written = Assert.Single(_output.Events).Exception!;
        Assert.DoesNotContain("hunter2", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("u:p@", written.ToString(), StringComparison.Ordinal);
        Assert.Equal("cannot open Password=[redacted]", written.Message);
    }

    [Fact]
    public void A_harmless_event_passes_untouched()
    {
        var harmless = LogEvents.Make("Hello {Symbol}", LogEventLevel.Information, new IOException("gone"), ("Symbol", "BTCUSDT"));

        new RedactingSink(_output).Emit(harmless);

        Assert.Same(harmless, Assert.Single(_output.Events));
    }
}
