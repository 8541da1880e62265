using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.EndToEndTests.Truth;

/// <summary>Minutes that FEED said were stored behind the stream: who keeps candles reads those from the database again.</summary>
internal sealed class BackfilledMinutes
{
    private readonly List<(InstrumentId Instrument, long From, long Through)> _told = [];

    public void Add(in StoredMessage message)
    {
        if (!message.Subject.EndsWith($".{FeedKinds.Backfilled}", StringComparison.Ordinal)) return;
        var told = BusJson.Read(message.Data.Span, ContractsJson.Default.BackfilledEvent)!;
        if (told.Timeframe == Timeframe.OneMinute.ToString()) _told.Add((new InstrumentId(told.Exchange, told.Symbol), told.From, told.Through));
    }

    public bool Holds(InstrumentId instrument, long minute) => _told.Exists(t => t.Instrument == instrument && t.From <= minute && minute <= t.Through);
}
