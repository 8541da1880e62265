using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.UnitTests.Hosting.Telemetry;

public sealed class TraceExportTests
{
    [Fact]
    public async Task Alerts_leave_by_otlp_with_the_workers_name_and_unsampled_market_data_does_not()
    {
        await using var collector = await Collector.StartAsync();
        using var source = new ActivitySource($"CryptoScreener.Test.{Guid.NewGuid():N}");

        await using (var app = TestWorker.Builder($"--Telemetry:OtlpEndpoint={collector.Address}", "--Telemetry:MarketDataSampling=0").Build())
        {
            await app.StartAsync();
            using (source.StartActivity("market frame")) { }
            using (source.StartActivity("alert fire")) { }
        }

        var exported = string.Concat(collector.Bodies);
        Assert.Contains("alert fire", exported, StringComparison.Ordinal);
        Assert.Contains("metrics-calculator", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("market frame", exported, StringComparison.Ordinal);
    }

    /// <summary>The receiving end of OTLP over gRPC: a POST of protobuf over HTTP/2, answered by trailers.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        public ConcurrentQueue<string> Bodies { get; } = [];

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
            var collector = new Collector(builder.Build());
            collector.Accept();
            await collector.StartServerAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task StartServerAsync() => app.StartAsync();

        private void Accept() => app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Bodies.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
    }
}
