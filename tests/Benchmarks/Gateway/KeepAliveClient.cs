using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>One connection that asks the same thing again and again. Bare, so that the measure is of the server and not of a client.</summary>
internal sealed class KeepAliveClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // for all its questions: only to end what hangs
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _end = new(Patience);
    private readonly byte[] _request;
    private byte[] _answer = new byte[256 * 1024];

    private KeepAliveClient(Uri api, string path, string? key, string accept) =>
        _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {api.Authority}\r\nAccept: {accept}\r\n{(key is null ? "" : $"X-API-Key: {key}\r\n")}\r\n");

    internal static async Task<KeepAliveClient> ConnectAsync(Uri api, string path, string? key = null, string accept = "application/json")
    {
        var client = new KeepAliveClient(api, path, key, accept);
        await client._socket.ConnectAsync(IPAddress.Loopback, api.Port, client._end.Token);
        return client;
    }

    /// <summary>Asks and reads the whole answer; returns its length in bytes.</summary>
    internal async ValueTask<int> AskAsync()
    {
        await _socket.SendAsync(_request, _end.Token);
        var length = 0;
        var end = -1;
        while (end < 0 || length < end)
        {
            if (length == _answer.Length) Array.Resize(ref _answer, _answer.Length * 2);
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length), _end.Token);
            if (read == 0) throw new IOException("The server closed the connection");
            length += read;
            if (end < 0) end = EndOf(_answer.AsSpan(0, length));
            if (end == int.MaxValue && _answer.AsSpan(0, length).EndsWith(LastChunk)) break;
        }

        return length;
    }

    /// <summary>How long each of so many answers took, in milliseconds, the quickest first; a few before them do not count.</summary>
    internal async Task<List<double>> TimeAsync(int warmUps, int times)
    {
        for (var i = 0; i < warmUps; i++) await AskAsync();
        var took = new List<double>(times);
        for (var i = 0; i < times; i++) took.Add(await TimeAsync());
        took.Sort();
        return took;
    }

    /// <summary>How long one answer took, in milliseconds.</summary>
    internal async Task<double> TimeAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await AskAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _end.Dispose();
    }

    /// <returns>-1 while the head is not complete; the largest number for a body that comes in chunks.</returns>
    private static int EndOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return -1;
        var text = Encoding.ASCII.GetString(answer[..head]);
        if (!text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) throw new IOException($"The server answered {text}\n{Encoding.UTF8.GetString(answer[head..])}");
        var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null ? int.MaxValue : head + 4 + int.Parse(length["Content-Length:".Length..], CultureInfo.InvariantCulture);
    }
}
