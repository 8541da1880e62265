using System.Collections.Concurrent;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>Every closed frame that is in the stream, as its readers see it.</summary>
internal sealed class PublishedFrames : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly ConcurrentDictionary<(InstrumentId Id, long Minute), double[]> _frames = new();
    private readonly ConcurrentBag<string> _doubled = [];
    private readonly ConcurrentDictionary<string, ulong> _marks = new();

    internal PublishedFrames(TestBus bus) => _running = bus.Reader.ReadAsync(
        Streams.Metrics, Subjects.AllClosedFrames, StreamPosition.Beginning, Take, _stop.Token);

    internal IReadOnlyCollection<string> Doubled => _doubled;

    internal int Count => _frames.Count;

    /// <summary>Of a frame that was published again the last counts.</summary>
    internal double[]? Find(InstrumentId id, long minute) => _frames.GetValueOrDefault((id, minute));

    /// <summary>Where the last mark stands in the stream; 0 before the first.</summary>
    internal ulong MarkOf(int partition, string exchange) => _marks.GetValueOrDefault(Subjects.MetricsMark(partition, exchange));

    private ValueTask Take(StoredBatch batch, CancellationToken stop)
    {
        foreach (var message in batch.Messages)
        {
            if (SubjectTokens.IsMark(message.Subject)) _marks[message.Subject] = message.Sequence;
            if (SubjectTokens.IsMark(message.Subject) || !FrameCodec.TryReadHeader(message.Data.Span, out var header, out var count)) continue;
            var values = new double[count];
            FrameCodec.ReadValues(message.Data.Span, values);
            var id = new InstrumentId(SubjectTokens.Exchange(message.Subject).ToString(), SubjectTokens.Symbol(message.Subject).ToString());
            if (_frames.ContainsKey((id, header.Minute))) _doubled.Add($"{id} {header.Minute}");
            _frames[(id, header.Minute)] = values;
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
