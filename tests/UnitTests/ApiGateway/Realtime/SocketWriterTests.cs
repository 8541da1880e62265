using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using CryptoScreener.ApiGateway;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class SocketWriterTests
{
    [Fact]
    public async Task A_message_that_the_client_does_not_take_is_counted_as_failed_and_not_as_sent()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var failed = new MeteredSum(meters, "api_gateway_websocket_messages_failed");
        using var sent = new MeteredSum(meters, "api_gateway_websocket_messages_sent");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var ours = await listener.AcceptSocketAsync();
        using var socket = WebSocket.CreateFromStream(new NetworkStream(ours), new WebSocketCreationOptions { IsServer = true });
        var writer = new SocketWriter(socket, new RealtimeOptions(), new GatewayMetrics(meters), new StageLatency(meters), TimeProvider.System);

        ours.Shutdown(SocketShutdown.Send); // from here on nothing gets through
        await writer.ReplyAsync(new Reply([1]), CancellationToken.None);

        await Assert.ThrowsAnyAsync<Exception>(() => writer.RunAsync(CancellationToken.None));
        Assert.Equal((1, 0), (failed.Value, sent.Value));
    }
}
