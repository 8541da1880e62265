using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>The recording that the venues of its exchange replay, if one was given.</summary>
internal sealed class Replay(string? path)
{
    private readonly RecordedMarket? _recording = path is null ? null : RecordedMarket.Load(path);

    /// <summary>When the recording begins.</summary>
    public DateTimeOffset? Start => _recording?.Start;

    /// <summary>The recorded instruments and nothing else: recorded candles beside invented ones would be taken for real. Null for a venue of which it is not.</summary>
    public Market? Market(SimulationClock clock, StreamProtocol protocol) => _recording?.Protocol != protocol ? null : new Market(clock, _recording.Symbols.Select((symbol, index) =>
    {
        var (instrument, source) = _recording.Replay(symbol, index);
        return new Listing(instrument, source);
    }));
}
