using System.Diagnostics;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Hosting.Telemetry;

public sealed class TraceExportTests
{
    [Fact]
    public async Task Alerts_leave_by_otlp_with_the_workers_name_and_unsampled_market_data_does_not()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var source = new ActivitySource($"CryptoScreener.Test.{Guid.NewGuid():N}");

        await using (var app = TestWorker.Builder($"--Telemetry:OtlpEndpoint={receiver.Address}", "--Telemetry:MarketDataSampling=0").Build())
        {
            await app.StartAsync();
            using (source.StartActivity("market frame")) { }
            using (source.StartActivity("alert fire")) { }
        }

        Assert.Equal([("alert fire", "metrics-calculator")], receiver.Spans.Where(span => span.Name.Contains(' ', StringComparison.Ordinal)).Select(span => (span.Name, span.Service)));
    }
}
