using System.Net.Sockets;
using System.Text;
using CryptoScreener.LocalServers;

namespace CryptoScreener.IntegrationTests.LocalServers;

/// <summary>Speaks the line protocols of nats-server and Redis by hand: the servers are under test here, no client is.</summary>
internal static class RawText
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends text and reads until the answer holds what is expected.</summary>
    internal static async Task<string> AskAsync(LocalServer server, string text, string expected)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(LocalServer.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), deadline.Token);
        var answer = new StringBuilder();
        var buffer = new byte[4_096];
        while (!answer.ToString().Contains(expected, StringComparison.Ordinal))
        {
            var length = await stream.ReadAsync(buffer, deadline.Token);
            if (length == 0) throw new EndOfStreamException($"'{expected}' did not come; instead: {answer}");
            answer.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }

        return answer.ToString();
    }

    internal static Task<string> RequestAsync(LocalNats nats, string subject, string payload, string expected) =>
        AskAsync(nats, $"CONNECT {{\"verbose\":false}}\r\nSUB reply 1\r\nPUB {subject} reply {payload.Length}\r\n{payload}\r\n", expected);

    internal static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(LocalServer.Host, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
