using CryptoScreener.Rules.Watching;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Replays;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>Runs a replay over the stored minutes on as many threads as it may, each with its share of the instruments.</summary>
internal sealed class ReplayRunner(InstrumentStore instruments, CandleReader candles, EngineOptions options)
{
    public async Task<ReplayResult> RunAsync(ReplayRequest request, Action<double> progress, CancellationToken stop)
    {
        var plan = ReplayPlan.Of(request);
        var rows = await InstrumentsOfAsync(plan, stop);
        var threads = Math.Min(rows.Count, options.ReplayThreads > 0 ? options.ReplayThreads : Environment.ProcessorCount);
        ReplayLane[] lanes = [.. rows.Index().GroupBy(row => row.Index % threads, row => row.Item).Select(share => new ReplayLane(plan, share))];

        var parts = new double[threads];
        await Task.WhenAll(lanes.Select((lane, i) => Task.Run(() => lane.RunAsync(candles, part => Tell(i, part), stop), stop)));
        return ReplayReport.Of(plan, rows.Count, [.. lanes.Select(lane => lane.Tally)]);

        void Tell(int lane, double part)
        {
            lock (parts)
            {
                parts[lane] = part;
                progress(parts.Average());
            }
        }
    }

    /// <summary>By name, so that the same instruments share a thread each time.</summary>
    private async Task<List<InstrumentRow>> InstrumentsOfAsync(ReplayPlan plan, CancellationToken stop)
    {
        var request = plan.Request;
        var rows = (await instruments.ListAsync(stop: stop)).Where(row =>
            (request.Exchanges.Count == 0 || request.Exchanges.Contains(row.Instrument.Exchange, StringComparer.OrdinalIgnoreCase))
            && (request.Symbols.Count == 0 || request.Symbols.Contains(row.Instrument.Symbol, StringComparer.OrdinalIgnoreCase))
            && plan.Rules.Any(rule => UniverseFilter.Includes(rule.Definition.Universe, row.Instrument, row.QuoteAsset ?? ""))).ToList();
        return rows.Count > 0 ? rows : throw new ReplayException("No instrument is in the rules' universes and among the exchanges and symbols asked for.");
    }
}
