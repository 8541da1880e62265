using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>A blocking socket that speaks just enough of the protocol to be compared with.</summary>
internal sealed class RawNats : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock _sending = new();
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;

    public RawNats(int port)
    {
        _socket.Connect("127.0.0.1", port);
        Send("CONNECT {\"verbose\":false,\"headers\":true,\"no_responders\":true,\"protocol\":1}\r\nPING\r\n");
        while (!ReadLine().SequenceEqual("PONG"u8))
        {
        }
    }

    public void Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    public void Send(ReadOnlySpan<byte> bytes)
    {
        // The reading thread answers PINGs, which must not end up inside a batch.
        lock (_sending)
        {
            while (bytes.Length > 0)
                bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>The next control line, without its end; it is overwritten by what follows.</summary>
    public ReadOnlySpan<byte> ReadLine()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _buffer.AsSpan(_start, length - 1);
                _start += length + 1;
                return line;
            }

            Receive();
        }
    }

    /// <summary>Skips a message whose line has just been read; the last number of the line is its length.</summary>
    public void SkipBody(ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line[(line.LastIndexOf((byte)' ') + 1)..], out int length, out _))
            throw new InvalidOperationException("The server sent a message without a length");
        while (_end - _start < length + 2)
            Receive();
        _start += length + 2;
    }

    /// <summary>Reads messages until so many have come, answering the server's PINGs.</summary>
    public void ReadMessages(int count)
    {
        while (count > 0)
        {
            var line = ReadLine();
            if (line.IndexOf("MSG "u8) is 0 or 1)
            {
                SkipBody(line);
                count--;
            }
            else if (line.SequenceEqual("PING"u8))
            {
                Send("PONG\r\n"u8);
            }
        }
    }

    public void Pull(string stream, string consumer, string inbox, int batch)
    {
        var json = $"{{\"batch\":{batch},\"expires\":30000000000}}";
        Send($"PUB $JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer} {inbox} {json.Length}\r\n{json}\r\n");
    }

    /// <summary>Acknowledges what was read together together, as a client that coalesces does.</summary>
    public void ReadAndAck(int count)
    {
        var acks = new MemoryStream(1 << 16);
        while (count > 0)
        {
            var line = ReadLine();
            if (line.SequenceEqual("PING"u8))
            {
                Send("PONG\r\n"u8);
                continue;
            }

            count--;
            var reply = line[(line.LastIndexOf("$JS."u8))..line.LastIndexOf((byte)' ')];
            acks.Write("PUB "u8);
            acks.Write(reply);
            acks.Write(" 4\r\n+ACK\r\n"u8);
            SkipBody(line);
            if (_start < _end && acks.Length < 1 << 16)
                continue;
            Send(acks.GetBuffer().AsSpan(0, (int)acks.Length));
            acks.SetLength(0);
        }

        Send(acks.GetBuffer().AsSpan(0, (int)acks.Length));
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes);

    public async Task ReadBytesAsync(int count)
    {
        while (count > 0)
            count -= await _socket.ReceiveAsync(_buffer.AsMemory(0, count));
    }

    public void Dispose() => _socket.Dispose();

    private void Receive()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var read = _socket.Receive(_buffer.AsSpan(_end));
        if (read == 0)
            throw new InvalidOperationException("The server closed the connection");
        _end += read;
    }
}
