using CryptoScreener.Contracts.Bus;
using CryptoScreener.EndToEndTests.Truth;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>What CANDLES holds beside what traded.</summary>
internal sealed class ChaosCandles(string natsUrl, StoredCandles candles)
{
    /// <summary>Closes whose candle a mark had called missing and that came behind the next one's, or behind the stream: rules pass them over.</summary>
    public HashSet<(string Symbol, long Minute)> PassedOver { get; } = [];

    /// <summary>Reads the streams, and says what of them is wrong.</summary>
    public async Task<IReadOnlyList<string>> WrongAsync(long from, long through)
    {
        var instruments = await candles.InstrumentsAsync();
        var bus = new BusRecord([.. instruments.Select(row => row.Instrument)]);
        await StoredMessages.ReadAllAsync(natsUrl, Streams.Candles, message => bus.Add(message));
        var backfilled = new BackfilledMinutes();
        await StoredMessages.ReadAllAsync(natsUrl, Streams.Feed, message => backfilled.Add(message));
        foreach (var (instrument, minute) in bus.Missing)
            if (bus.Overtaken.Contains((instrument, minute)) || backfilled.Holds(instrument, minute)) PassedOver.Add((instrument.Symbol, minute));
        var wrong = new List<string>(bus.Broken);
        foreach (var row in instruments)
        {
            var truth = await candles.TruthAsync(row.Instrument, from, through);
            // Of what a collector that takes over finds missing in the database it stores what the exchange says now, and announces it.
            wrong.AddRange(bus.Counting
                .Where(said => said.Instrument == row.Instrument && said.Candle.OpenTime >= from && said.Candle.OpenTime <= through)
                .Where(said => !StoredCandles.IsTrue(said.Candle, truth) && !backfilled.Holds(said.Instrument, said.Candle.OpenTime))
                .Select(said => $"{said.Instrument}: said ({said.Source}) {said.Candle}, traded {truth.GetValueOrDefault(said.Candle.OpenTime)}"));
            var told = bus.Counting.Where(said => said.Instrument == row.Instrument).Select(said => said.Candle.OpenTime).ToHashSet();
            wrong.AddRange(truth.Keys.Where(minute => !told.Contains(minute) && !backfilled.Holds(row.Instrument, minute)).Select(minute => $"{row.Instrument}: {minute} is not in CANDLES"));
        }

        return wrong;
    }
}
