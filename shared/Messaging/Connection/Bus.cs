using CryptoScreener.Messaging.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace CryptoScreener.Messaging.Connection;

/// <summary>The worker's one connection to the bus. It reconnects for ever; what uses it waits or buffers meanwhile.</summary>
public sealed class Bus : IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MessagingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Bus> _logger;
    private readonly string _url;
    private readonly Outage _away;
    private readonly Outage _undeclared;
    private volatile bool _everReady;

    public Bus(IOptions<MessagingOptions> options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options.Value;
        _time = time;
        _logger = loggers.CreateLogger<Bus>();
        _url = BusUrl.WithoutSecrets(_options.Url);
        _away = new Outage(time);
        _undeclared = new Outage(time);
        Connection = new NatsConnection(BusConnectionOptions.From(_options, loggers));
        JetStream = new NatsJSContext(Connection);
        Connection.ConnectionOpened += OnOpenedAsync;
        Connection.ConnectionDisconnected += OnDisconnectedAsync;
        Connection.ReconnectFailed += OnReconnectFailedAsync;
    }

    /// <summary>Connected, and every stream declared at least once.</summary>
    public bool IsUp => _everReady && Connection.ConnectionState == NatsConnectionState.Open;

    public int Partitions => _options.Partitions;

    internal NatsConnection Connection { get; }

    internal NatsJSContext JetStream { get; }

    /// <summary>Completes once the streams stand.</summary>
    public Task WhenReadyAsync(CancellationToken stop) => _ready.Task.WaitAsync(stop);

    /// <summary>Connects and declares the streams, trying until it succeeds or is stopped.</summary>
    public async Task ConnectAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await Connection.ConnectAsync();
                await StreamDeclaration.EnsureAllAsync(JetStream, _options, _logger, stop);
                break;
            }
            catch (Exception e) when (e is NatsException or TimeoutException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                if (_away.IsNews()) MessagingLog.NotReachable(_logger, _url, (e.InnerException ?? e).Message);
                await Task.Delay(RetryInterval, _time, stop);
            }
        }

        TellConnected();
        _everReady = true;
        _ready.TrySetResult();
    }

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();

    private ValueTask OnOpenedAsync(object? sender, NatsEventArgs args)
    {
        if (!_everReady) return ValueTask.CompletedTask;

        TellConnected();
        // A server that came back with an empty disk has no streams: declare them again, off the connection's task.
        _ = Task.Run(RedeclareAsync);
        return ValueTask.CompletedTask;
    }

    private void TellConnected()
    {
        var server = $"{Connection.ServerInfo?.Host}:{Connection.ServerInfo?.Port}";
        var version = Connection.ServerInfo?.Version ?? "unknown";
        if (_away.IsOver(out var lasted)) MessagingLog.Back(_logger, server, version, lasted);
        else if (!_everReady) MessagingLog.Connected(_logger, server, version);
    }

    /// <summary>Tries while this connection stands: JetStream may come up later than the server, and the next connection declares again.</summary>
    private async Task RedeclareAsync()
    {
        while (IsUp)
        {
            try
            {
                await StreamDeclaration.EnsureAllAsync(JetStream, _options, _logger, CancellationToken.None);
                if (_undeclared.IsOver(out var lasted)) MessagingLog.StreamsDeclaredAgain(_logger, lasted);
                return;
            }
            catch (Exception e) when (e is NatsException or TimeoutException or OperationCanceledException)
            {
                if (_undeclared.IsNews()) MessagingLog.StreamNotDeclared(_logger, "all", e.Message);
                await Task.Delay(RetryInterval, _time, CancellationToken.None);
            }
        }
    }

    private ValueTask OnDisconnectedAsync(object? sender, NatsEventArgs args)
    {
        if (_away.IsNews()) MessagingLog.Lost(_logger, _url);
        return ValueTask.CompletedTask;
    }

    private ValueTask OnReconnectFailedAsync(object? sender, NatsEventArgs args)
    {
        if (_away.IsNews()) MessagingLog.StillAway(_logger, _url);
        return ValueTask.CompletedTask;
    }
}
