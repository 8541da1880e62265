using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>Reads the closed frames of all partitions, ours and others', and posts each exchange's complete minutes.</summary>
internal sealed class UniverseReader(
    CalculationPlan plan, PlanBook plans, CatalogueBook catalogues, Bus bus, StoredReader reader, UniverseBoard board, Benchmarks benchmarks,
    BackfillListener backfills, InstrumentStore instruments, WhenAvailable whenAvailable) : BackgroundService
{
    /// <summary>How far back a restart reads: frames are calculated again from the last mark, which needs the minute before.</summary>
    private const ulong MinutesBack = 4;

    /// <summary>While the database knows few instruments yet: a young stream is read whole, catalogues in it and all.</summary>
    private const ulong FewestBack = 2_000;

    private readonly InstrumentTable _table = new();
    private readonly Dictionary<string, ExchangeMinutes> _exchanges = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, bool> _readable = new() { [plan.Catalogue.Hash] = true };
    private double[] _values = [];
    private bool _fromBeginning;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await backfills.Listening.WaitAsync(stoppingToken);
        var end = await reader.EndAsync(Streams.Metrics, stoppingToken);
        var known = await whenAvailable.RunAsync("counting instruments", token => instruments.ListAsync(stop: token), stoppingToken);
        var marks = bus.Partitions * known.Select(row => row.Instrument.Exchange).Distinct().Count();
        var back = Math.Max(FewestBack, MinutesBack * (ulong)(known.Count + marks));
        var from = new StreamPosition(end.Sequence > back ? end.Sequence - back : 0, end.StreamCreated);
        _fromBeginning = from.Sequence == 0;
        if (await reader.LastAsync(Streams.Metrics, Subjects.AllClosedFrames, stoppingToken) is null) board.Catch();
        await reader.ReadAsync(Streams.Metrics, Subjects.AllClosedFrames, from, TakeAsync, stoppingToken);
    }

    private async ValueTask TakeAsync(StoredBatch batch, CancellationToken stop)
    {
        foreach (var message in batch.Messages)
        {
            if (SubjectTokens.IsMark(message.Subject)) TakeMark(message.Data.Span);
            else await TakeFrameAsync(message, stop);
        }

        if (batch.Pending == 0) board.Catch();
    }

    private void TakeMark(ReadOnlySpan<byte> json)
    {
        if (BusJson.Read(json, ContractsJson.Default.Mark) is not { } mark) return;
        var minutes = Of(mark.Exchange, mark.Minute);
        if (!minutes.Mark(mark.Partition, mark.Minute)) return;
        board.Add(mark.Exchange, new UniverseSet(mark.Minute, minutes.Take(mark.Minute), benchmarks.At(mark.Exchange, mark.Minute)));
    }

    private async ValueTask TakeFrameAsync(StoredMessage message, CancellationToken stop)
    {
        if (_table.Get(SubjectTokens.Exchange(message.Subject), SubjectTokens.Symbol(message.Subject)) is not { } id) return;
        if (!FrameCodec.TryReadHeader(message.Data.Span, out var header, out var count)) return;
        if (!await IsReadableAsync(header.CatalogueHash, stop)) return; // its numbers mean something else
        if (_values.Length < count) _values = new double[count];
        FrameCodec.ReadValues(message.Data.Span, _values);
        Of(id.Exchange, header.Minute).Add(id, header.Minute, _values);
        if (benchmarks.Contains(id)) await benchmarks.ClosedAsync(id, header.Minute, _values[0], stop);
    }

    /// <summary>Another calculator may have demanded metrics in its frames that we have not, or not yet. A catalogue that is nowhere may still come.</summary>
    private async ValueTask<bool> IsReadableAsync(ulong hash, CancellationToken stop)
    {
        if (_readable.TryGetValue(hash, out var readable)) return readable;
        return await catalogues.TryGetAsync(hash, stop) is { } catalogue && (_readable[hash] = plans.IsExtended(catalogue));
    }

    private ExchangeMinutes Of(string exchange, long minute)
    {
        if (_exchanges.TryGetValue(exchange, out var minutes)) return minutes;
        _exchanges[exchange] = minutes = new ExchangeMinutes(plan, bus.Partitions);
        if (!_fromBeginning) minutes.BeganAt(minute);
        return minutes;
    }
}
