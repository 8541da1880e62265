using CryptoScreener.Contracts.Candles;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>A share of a replay's instruments, worked through by one thread at a time.</summary>
internal sealed class ReplayLane
{
    private readonly ReplayPlan _plan;
    private readonly Dictionary<int, ReplayInstrument> _instruments;
    private (int Id, ReplayInstrument? Instrument) _last;

    public ReplayLane(ReplayPlan plan, IEnumerable<InstrumentRow> rows)
    {
        (_plan, Tally) = (plan, new ReplayTally(plan));
        var rules = new RuleLane(plan.Set, plan.Prices);
        _instruments = rows.ToDictionary(row => row.Id, row => new ReplayInstrument(plan, rules, row.Instrument, row.QuoteAsset ?? "", Tally));
    }

    public ReplayTally Tally { get; }

    /// <summary>Days of the calendar one after the other, from the warm-up to a day behind the end. Candles are worked on as they come off the wire.</summary>
    public async Task RunAsync(CandleReader candles, Action<double> progress, CancellationToken stop)
    {
        var (first, end) = (_plan.Request.From - _plan.WarmUpMs, _plan.Request.To + Horizons.Longest);
        for (var day = Timeframe.OneDay.OpenOf(first); day < end; day += Timeframe.OneDay.Milliseconds)
        {
            var (from, through) = (Math.Max(day, first), Math.Min(day + Timeframe.OneDay.Milliseconds, end) - Timeframe.MinuteMs);
            await candles.ReadPackedAsync(_instruments.Keys, Timeframe.OneMinute, from, through, _plan.Calculation.Needs, Closed, stop);
            progress((double)(through - first) / (end - first));
        }
    }

    private void Closed(int id, in Candle candle)
    {
        if (id != _last.Id) _last = (id, _instruments[id]); // rows of an instrument come together
        _last.Instrument!.Closed(in candle);
    }
}
