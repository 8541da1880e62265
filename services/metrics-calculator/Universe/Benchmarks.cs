using System.Collections.Concurrent;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>
/// The benchmarks of all exchanges, for the one reader of frames. What comes into the database behind a benchmark is read
/// beside it, because ranks must not wait for the database, and counts from its next frame on.
/// </summary>
internal sealed class Benchmarks(BenchmarkHistory history, IOptions<CalculatorOptions> options)
{
    private readonly Dictionary<string, Benchmark> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<InstrumentState>> _loading = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _changed = new(StringComparer.Ordinal);

    public bool Contains(InstrumentId id) => id.Symbol == options.Value.BenchmarkSymbolOf.GetValueOrDefault(id.Exchange, options.Value.BenchmarkSymbol);

    /// <summary>From any thread: history came into the database.</summary>
    public void HistoryChanged(InstrumentId id)
    {
        if (Contains(id)) _changed[id.Exchange] = true;
    }

    public async ValueTask ClosedAsync(InstrumentId id, long minute, double price, CancellationToken stop)
    {
        if (!_known.TryGetValue(id.Exchange, out var benchmark))
            _known[id.Exchange] = benchmark = new Benchmark(await history.LoadAsync(id, before: minute, stop));
        benchmark.Closed(minute, price);
        if (_loading.TryGetValue(id.Exchange, out var loading))
        {
            if (!loading.IsCompleted) return;
            _loading.Remove(id.Exchange);
            if (!benchmark.TryStandOn(await loading)) _changed[id.Exchange] = true;
        }

        if (_changed.TryRemove(id.Exchange, out _) || benchmark.IsOutdated)
            _loading[id.Exchange] = history.LoadAsync(id, minute + Timeframe.MinuteMs, stop);
    }

    /// <summary>Null when the benchmark of an exchange did not close that minute.</summary>
    public BenchmarkCloses? At(string exchange, long minute) => _known.TryGetValue(exchange, out var benchmark) ? benchmark.At(minute) : null;
}
