using System.Net.Sockets;
using System.Text;

namespace CryptoScreener.LocalServers;

/// <summary>One question to a server that may not listen yet.</summary>
internal static class TcpProbe
{
    private const int AnswerSize = 4_096;

    /// <returns>The first bytes of the answer as text; empty while nobody answers.</returns>
    internal static async Task<string> AskAsync(int port, string question, CancellationToken stop)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(LocalServer.Host, port, stop);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(question), stop);
            var answer = new byte[AnswerSize];
            var length = await stream.ReadAsync(answer, stop);
            return Encoding.ASCII.GetString(answer, 0, length);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return "";
        }
    }
}
