using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>Keeps the frame book current: the last closed frame of each instrument from the stream, then whatever comes.</summary>
internal sealed class FrameListener(CoreListener core, StoredReader stream, FrameBook book, CatalogueBook catalogues) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Together.RunAsync(stoppingToken, HearLiveAsync, ReadClosedAsync);

    private Task HearLiveAsync(CancellationToken stop)
    {
        var table = new InstrumentTable();
        return core.ListenAsync(Subjects.AllLiveFrames, message => Take(table, message.Subject, message.Data), stop);
    }

    private Task ReadClosedAsync(CancellationToken stop)
    {
        var table = new InstrumentTable();
        return stream.ReadLatestAsync(
            Streams.Metrics,
            Subjects.AllClosedFrames,
            async (batch, token) =>
            {
                foreach (var message in batch.Messages)
                {
                    if (FrameCodec.TryReadHeader(message.Data.Span, out var header, out _)) await catalogues.TryGetAsync(header.CatalogueHash, token);
                    Take(table, message.Subject, message.Data.Span);
                }
            },
            stop);
    }

    private void Take(InstrumentTable table, string subject, ReadOnlySpan<byte> data)
    {
        if (SubjectTokens.IsMark(subject) || !FrameCodec.TryReadHeader(data, out var header, out var count)) return;
        if (catalogues.Find(header.CatalogueHash) is not { } catalogue || catalogue.Count != count) return;
        if (table.Get(SubjectTokens.Exchange(subject), SubjectTokens.Symbol(subject)) is not { } instrument) return;
        var values = new double[count];
        FrameCodec.ReadValues(data, values);
        var frame = new LatestFrame(instrument, catalogue, header, values);
        catalogues.Met(catalogue, frame.PlausibleMinute);
        book.Offer(frame);
    }
}
