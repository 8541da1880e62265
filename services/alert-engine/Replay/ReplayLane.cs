using CryptoScreener.Contracts.Candles;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>A share of a replay's instruments, worked through by one thread at a time.</summary>
internal sealed class ReplayLane
{
    private readonly Dictionary<int, ReplayInstrument> _instruments;

    public ReplayLane(ReplayPlan plan, IEnumerable<InstrumentRow> rows)
    {
        Tally = new ReplayTally(plan);
        var rules = new RuleLane(plan.Set, plan.Prices);
        _instruments = rows.ToDictionary(row => row.Id, row => new ReplayInstrument(plan, rules, row.Instrument, row.QuoteAsset ?? "", Tally));
    }

    public ReplayTally Tally { get; }

    /// <summary>One span of minutes of all its instruments. Candles are worked on as they come off the wire.</summary>
    public Task ReadAsync(CandleReader candles, long from, long through, CancellationToken stop) =>
        candles.ReadPackedAsync(
            _instruments.Keys,
            Timeframe.OneMinute,
            from,
            through,
            (int id, in Candle candle, CandleSource source) => _instruments[id].Closed(in candle, source),
            stop);
}
