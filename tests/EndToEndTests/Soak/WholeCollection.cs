using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>
/// Makes another .NET process collect its whole heap, as a profiler would: tracing that keyword begins with a collection. What is in use after it is
/// what something still holds; between two that come by themselves, tens of megabytes are garbage.
/// </summary>
internal static class WholeCollection
{
    private const byte EventPipe = 2;
    private const byte Stop = 1;
    private const byte Collect = 3;
    private const byte Ok = 0;
    private const long HeapCollect = 0x800000;
    private const int Header = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] Magic = "DOTNET_IPC_V1\0"u8.ToArray();

    public static async Task InduceAsync(int process)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tracing = await AskAsync(process, Collect, HeapCollectOnly(), patience.Token);
        var session = await AnswerAsync(tracing, patience.Token);
        var events = DrainAsync(tracing, patience.Token); // or the process waits for its reader
        using var stopping = await AskAsync(process, Stop, session, patience.Token);
        await AnswerAsync(stopping, patience.Token);
        await events;
    }

    private static async Task<NetworkStream> AskAsync(int process, byte command, byte[] payload, CancellationToken stop)
    {
        var address = Directory.GetFiles(Path.GetTempPath(), FormattableString.Invariant($"dotnet-diagnostic-{process}-*-socket"))
            .MaxBy(File.GetLastWriteTimeUtc) ?? throw new InvalidOperationException(FormattableString.Invariant($"Process {process} cannot be diagnosed"));
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), stop);
            var stream = new NetworkStream(socket, ownsSocket: true);
            var length = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)(Header + payload.Length));
            await stream.WriteAsync((byte[])[.. Magic, .. length, EventPipe, command, 0, 0, .. payload], stop);
            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> AnswerAsync(NetworkStream stream, CancellationToken stop)
    {
        var header = new byte[Header];
        await stream.ReadExactlyAsync(header, stop);
        var payload = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(Magic.Length)) - Header];
        await stream.ReadExactlyAsync(payload, stop);
        return header[17] == Ok ? payload : throw new InvalidOperationException($"Refused: 0x{BinaryPrimitives.ReadUInt32LittleEndian(payload):x}");
    }

    private static byte[] HeapCollectOnly()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload, Encoding.Unicode);
        const string Provider = "Microsoft-Windows-DotNETRuntime\0";
        writer.Write(1u); // MB of buffer
        writer.Write(1u); // the format that there is
        writer.Write(false); // no names of methods at the end
        writer.Write(1u); // provider
        writer.Write(HeapCollect);
        writer.Write(4u); // informational
        writer.Write((uint)Provider.Length);
        writer.Write(Encoding.Unicode.GetBytes(Provider));
        writer.Write(0u); // no filter
        writer.Flush();
        return payload.ToArray();
    }

    private static async Task DrainAsync(NetworkStream stream, CancellationToken stop)
    {
        var passed = new byte[16 * 1024];
        while (await stream.ReadAsync(passed, stop) > 0)
        {
        }
    }
}
