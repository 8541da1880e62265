using System.Diagnostics.Metrics;

namespace CryptoScreener.ApiGateway;

internal sealed class GatewayMetrics
{
    public const string MeterName = "CryptoScreener.ApiGateway";

    private readonly UpDownCounter<int> _sockets;
    private readonly Counter<long> _sent;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _sockets = meter.CreateUpDownCounter<int>("api_gateway_websocket_connections", description: "Open client sockets");
        _sent = meter.CreateCounter<long>("api_gateway_websocket_messages_sent", description: "Messages sent to client sockets");
        _sockets.Add(0);
        _sent.Add(0);
    }

    public void SocketOpened() => _sockets.Add(1);

    public void SocketClosed() => _sockets.Add(-1);

    public void MessageSent() => _sent.Add(1);
}
