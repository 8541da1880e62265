using System.Diagnostics.Metrics;
using System.Globalization;

namespace CryptoScreener.ApiGateway;

/// <summary>What the gateway counts. Labels are methods and status codes, never paths, symbols or users.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "CryptoScreener.ApiGateway";

    private static readonly InstrumentAdvice<double> Buckets =
        new() { HistogramBucketBoundaries = [.0005, .001, .002, .005, .01, .025, .05, .1, .2, .5, 1, 2.5, 5] };

    private readonly UpDownCounter<int> _sockets;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<int> _inProgress;
    private long _waiting;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _sockets = meter.CreateUpDownCounter<int>("api_gateway_websocket_connections", description: "Open client sockets");
        _sent = meter.CreateCounter<long>("api_gateway_websocket_messages_sent", description: "Messages sent to client sockets");
        _failed = meter.CreateCounter<long>("api_gateway_websocket_messages_failed", description: "Messages that a client did not take");
        _latency = meter.CreateHistogram("api_gateway_websocket_message_latency", "s", "Time from evaluated to written to a client's socket", advice: Buckets);
        _requests = meter.CreateCounter<long>("api_gateway_http_requests", description: "Requests answered, by method and status");
        _duration = meter.CreateHistogram("api_gateway_http_duration", "s", "Time to answer a request", advice: Buckets);
        _inProgress = meter.CreateUpDownCounter<int>("api_gateway_http_requests_in_progress", description: "Requests being answered");
        meter.CreateObservableUpDownCounter("api_gateway_websocket_waiting", () => WaitingBytes, "By", "Bytes that wait for clients which do not read");
        _sockets.Add(0);
        _sent.Add(0);
        _failed.Add(0);
        _inProgress.Add(0);
        // A rate sees the first failure only when it knows of the time before.
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE" })
            foreach (var status in new[] { 500, 503 }) _requests.Add(0, StatusOf(status), MethodOf(method));
    }

    public void SocketOpened() => _sockets.Add(1);

    public void SocketClosed() => _sockets.Add(-1);

    /// <param name="latency">Since what it tells was known; null for answers, which tell nothing new.</param>
    public void MessageSent(TimeSpan? latency)
    {
        _sent.Add(1);
        if (latency is { } took) _latency.Record(Math.Max(0, took.TotalSeconds));
    }

    /// <summary>Bytes that are held for clients' sides to take them.</summary>
    public long WaitingBytes => Interlocked.Read(ref _waiting);

    public void Waits(long bytes) => Interlocked.Add(ref _waiting, bytes);

    public void MessageFailed() => _failed.Add(1);

    public void RequestBegun() => _inProgress.Add(1);

    public void RequestEnded(string method, int status, TimeSpan? took)
    {
        _inProgress.Add(-1);
        _requests.Add(1, StatusOf(status), MethodOf(method));
        if (took is { } time) _duration.Record(time.TotalSeconds, StatusOf(status));
    }

    private static KeyValuePair<string, object?> StatusOf(int status) => new("status", status.ToString(CultureInfo.InvariantCulture));

    private static KeyValuePair<string, object?> MethodOf(string method) => new("method", method);
}
