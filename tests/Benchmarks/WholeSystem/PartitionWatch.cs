using System.Collections.Concurrent;
using System.Globalization;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Frames;
using NATS.Client.Core;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>Hears the frames of all partitions: what has one that is newer than a restart is served again.</summary>
internal sealed class PartitionWatch : IAsyncDisposable
{
    private readonly NatsConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, (long ReceivedAt, long CalculatedAt)> _newest = new();
    private readonly Task _reading;

    public PartitionWatch(string url)
    {
        _connection = new NatsConnection(new NatsOpts { Url = url });
        _reading = ReadAsync();
    }

    /// <summary>How many have been heard.</summary>
    public int Partitions => _newest.Count;

    /// <summary>How many still bring no frame of a candle that came in since then.</summary>
    public int NotReceivedSince(long unixMs) => _newest.Count(partition => partition.Value.ReceivedAt <= unixMs);

    /// <summary>How many still bring no frame that was calculated since then.</summary>
    public int NotCalculatedSince(long unixMs) => _newest.Count(partition => partition.Value.CalculatedAt <= unixMs);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var message in _connection.SubscribeAsync<byte[]>(Subjects.AllLiveFrames, cancellationToken: _stop.Token))
            {
                if (!FrameCodec.TryReadHeader(message.Data, out var header, out _)) continue;
                _newest[int.Parse(SubjectTokens.Token(message.Subject, 2), CultureInfo.InvariantCulture)] = (header.ReceivedAt, header.CalculatedAt);
            }
        }
        catch (OperationCanceledException)
        {
            // enough was heard
        }
    }
}
