using System.Diagnostics;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Hosting.Telemetry;

public sealed class TraceExportTests
{
    private static readonly ActivityContext Unrecorded = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true);

    [Fact]
    public async Task Spans_leave_by_otlp_with_the_workers_name_even_within_a_trace_that_others_did_not_record()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var source = new ActivitySource($"CryptoScreener.Test.{Guid.NewGuid():N}");

        await using (var app = TestWorker.Builder($"--Telemetry:OtlpEndpoint={receiver.Address}").Build())
        {
            await app.StartAsync();
            using (source.StartActivity("alert fire", ActivityKind.Internal, Unrecorded)) { }
            await Eventually.TrueAsync(() => Ours(receiver).Any(), "a span leaves while the worker runs");
            using (source.StartActivity("last fire", ActivityKind.Internal, Unrecorded)) { }
        }

        Assert.Equal([("alert fire", "metrics-calculator"), ("last fire", "metrics-calculator")], Ours(receiver));
    }

    private static IEnumerable<(string Name, string Service)> Ours(OtlpReceiver receiver) =>
        receiver.Spans.Where(span => span.Name.Contains(' ', StringComparison.Ordinal)).Select(span => (span.Name, span.Service));
}
