using System.Text;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.IntegrationTests.Messaging;

/// <summary>Reads a stream in the background and keeps what came, as a worker with a durable checkpoint would.</summary>
internal sealed class Reading : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _seen = [];
    private readonly Task _running;

    public Reading(StoredReader reader, string stream, string filter, StreamPosition from, Action<StoredBatch>? before = null)
    {
        Position = from;
        _running = Task.Run(() => reader.ReadAsync(
            stream,
            filter,
            from,
            (batch, _) =>
            {
                before?.Invoke(batch);
                lock (_seen) _seen.AddRange(batch.Messages.Select(m => Encoding.UTF8.GetString(m.Data.Span)));
                Position = batch.Position;
                Truncated |= batch.Truncated;
                return ValueTask.CompletedTask;
            },
            _stop.Token));
    }

    public StreamPosition Position { get; private set; }

    public bool Truncated { get; private set; }

    public Task Running => _running;

    public IReadOnlyList<string> Seen
    {
        get { lock (_seen) return [.. _seen]; }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // as asked
        }
        catch (InvalidOperationException)
        {
            // a handler that was told to throw
        }

        _stop.Dispose();
    }
}
