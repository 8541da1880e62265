using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>Hears forming and closed candles as they are published; what is lost on the way the database has.</summary>
internal sealed class CandleListener(CoreListener core, CandleBook book) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var table = new InstrumentTable();
        await core.ListenAsync(Subjects.AllCandles, message => Take(table, message.Subject, message.Data), stoppingToken);
    }

    private void Take(InstrumentTable table, string subject, ReadOnlySpan<byte> data)
    {
        if (SubjectTokens.IsMark(subject)) return;
        if (table.Get(SubjectTokens.Exchange(subject), SubjectTokens.Symbol(subject)) is not { } instrument) return;
        if (CandleCodec.TryRead(data, instrument, out var update)) book.Offer(update);
    }
}
