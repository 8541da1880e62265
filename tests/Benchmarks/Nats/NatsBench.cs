using System.Text;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>What the scenarios share: a connection, its stream context and a payload.</summary>
internal sealed class NatsBench : IAsyncDisposable
{
    public const int PayloadBytes = 200;

    private NatsBench(int port, NatsConnection connection)
    {
        Port = port;
        Connection = connection;
        JetStream = new NatsJSContext(connection);
    }

    public int Port { get; }

    public NatsConnection Connection { get; }

    public NatsJSContext JetStream { get; }

    public ReadOnlyMemory<byte> Payload { get; } = Enumerable.Repeat((byte)'x', PayloadBytes).ToArray();

    public string ServerVersion => Connection.ServerInfo!.Version;

    public static async Task<NatsBench> ConnectAsync(int port, string url)
    {
        var connection = new NatsConnection(NatsOpts.Default with { Url = url });
        await connection.ConnectAsync();
        return new NatsBench(port, connection);
    }

    public async Task NewStreamAsync(string name, string subjects)
    {
        await DeleteStreamAsync(name);
        await JetStream.CreateStreamAsync(new StreamConfig(name, [subjects]));
    }

    public async Task DeleteStreamAsync(string name)
    {
        await foreach (var existing in JetStream.ListStreamNamesAsync())
        {
            if (existing == name)
                await JetStream.DeleteStreamAsync(name);
        }
    }

    /// <summary>A stream with so many messages in it.</summary>
    public async Task FillStreamAsync(string name, int messages)
    {
        await NewStreamAsync(name, $"{name}.>");
        for (var i = 0; i < messages; i++)
            await Connection.PublishAsync($"{name}.BTCUSDT", Payload);
        while ((await JetStream.GetStreamAsync(name)).Info.State.Messages < messages)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
    }

    /// <summary>So many times the same command, ready for the wire.</summary>
    public static byte[] Commands(string line, int count)
    {
        var command = Encoding.ASCII.GetBytes($"{line} {PayloadBytes}\r\n{new string('x', PayloadBytes)}\r\n");
        return [.. Enumerable.Repeat(command, count).SelectMany(bytes => bytes)];
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
