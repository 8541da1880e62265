using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Json;
using NATS.Client.Core;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>
/// A reader of the bus that notes when each alert of one rule came, beside when its candle came into the collector. It hears an alert as
/// the server passes it on, before the stream has it on its disk.
/// </summary>
internal sealed class AlertWatch : IAsyncDisposable
{
    private readonly NatsConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly Task _reading;

    public AlertWatch(string url, string rule)
    {
        _connection = new NatsConnection(new NatsOpts { Url = url });
        _reading = ReadAsync($"alerts.*.*.{rule}.*", TimeProvider.System);
    }

    /// <summary>Unix ms; both clocks are this machine's. The collector's stamp is in whole ms, rounded down: what lies between is at most that much too long.</summary>
    internal readonly record struct Arrival(string Symbol, long Minute, long ReceivedAt, double ArrivedAt);

    public List<Arrival> Take()
    {
        var taken = new List<Arrival>();
        while (_arrivals.TryDequeue(out var arrival)) taken.Add(arrival);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync(string subject, TimeProvider time)
    {
        try
        {
            await foreach (var message in _connection.SubscribeAsync<byte[]>(subject, cancellationToken: _stop.Token))
            {
                var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
                var alert = JsonSerializer.Deserialize(message.Data, ContractsJson.Default.AlertEvent)!;
                _arrivals.Enqueue(new Arrival(alert.Symbol, long.Parse(alert.TriggerKey, CultureInfo.InvariantCulture), alert.ReceivedAt, now));
            }
        }
        catch (OperationCanceledException)
        {
            // enough was seen
        }
    }
}
