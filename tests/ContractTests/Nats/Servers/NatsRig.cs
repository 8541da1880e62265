using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>A connection to a server, and names that nobody else uses.</summary>
internal sealed class NatsRig : IAsyncDisposable
{
    private NatsRig(NatsConnection connection)
    {
        Connection = connection;
        JetStream = new NatsJSContext(connection);
    }

    public NatsConnection Connection { get; }

    public NatsJSContext JetStream { get; }

    public string Prefix { get; } = SharedNats.NextPrefix();

    public string Stream => $"{Prefix}-stream";

    /// <summary>Waits shorter than the defaults, so that tests of reconnects are quick.</summary>
    public static NatsOpts Opts(string url) => NatsOpts.Default with
    {
        Url = url,
        Name = "contract tests",
        ReconnectWaitMin = TimeSpan.FromMilliseconds(20),
        ReconnectWaitMax = TimeSpan.FromMilliseconds(100),
        ReconnectJitter = TimeSpan.FromMilliseconds(10),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        RequestTimeout = TimeSpan.FromSeconds(20),
    };

    public static async Task<NatsRig> OfAsync(string version) => await ToAsync(Opts((await SharedNats.OfAsync(version)).Url));

    public static async Task<NatsRig> ToAsync(NatsOpts opts)
    {
        var connection = new NatsConnection(opts);
        await connection.ConnectAsync();
        return new NatsRig(connection);
    }

    public string Subject(string name) => $"{Prefix}.{name}";

    /// <summary>A stream of everything below our prefix.</summary>
    public async Task<INatsJSStream> CreateStreamAsync(Func<StreamConfig, StreamConfig>? configure = null)
    {
        var config = new StreamConfig(Stream, [$"{Prefix}.>"]);
        return await JetStream.CreateStreamAsync(configure?.Invoke(config) ?? config);
    }

    public async Task StoreAsync(string name, params int[] values)
    {
        foreach (var value in values)
            (await JetStream.PublishAsync(Subject(name), value)).EnsureSuccess();
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
