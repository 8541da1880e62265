using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// Correlations of returns, kept until the next bar ends; where bars are missing only for a moment, because they may be stored yet.
/// Bounded; when full it forgets all.
/// </summary>
internal sealed class CorrelationCache(CandleReader reader, TimeProvider time)
{
    private const int Capacity = 200;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async Task<double?[][]> OfAsync(IReadOnlyList<InstrumentRow> instruments, Timeframe timeframe, int bars, CancellationToken stop)
    {
        // A bar that has just ended may not be rolled up yet: one minute later it is.
        var now = time.GetUtcNow();
        var last = timeframe.OpenOf(now.ToUnixTimeMilliseconds() - Timeframe.MinuteMs) - timeframe.Milliseconds;
        var key = $"{timeframe}|{bars}|{string.Join(',', instruments.Select(i => i.Id))}";
        if (_known.TryGetValue(key, out var known) && known.Bar == last && now < known.Until) return known.Matrix;
        if (_known.Count >= Capacity) _known.Clear();
        var returns = await ReturnsAsync(instruments, timeframe, last - (bars * timeframe.Milliseconds), last, stop);
        var matrix = Matrix([.. instruments.Select(i => returns.GetValueOrDefault(i.Id, []))]);
        var isWhole = instruments.All(i => returns.GetValueOrDefault(i.Id) is { } all && all.Count == bars && all.ContainsKey(last));
        _known[key] = new Known(last, isWhole ? DateTimeOffset.MaxValue : now + Moment, matrix);
        return matrix;
    }

    private async Task<Dictionary<int, Dictionary<long, double>>> ReturnsAsync(
        IReadOnlyList<InstrumentRow> instruments, Timeframe timeframe, long from, long last, CancellationToken stop)
    {
        var returns = new Dictionary<int, Dictionary<long, double>>();
        var (current, previous) = (-1, default(Candle));
        await reader.ReadManyAsync([.. instruments.Select(i => i.Id).Distinct()], timeframe, from, (int id, in Candle candle, CandleSource _) =>
        {
            if (candle.OpenTime > last) return;
            if (id != current) returns[current = id] = [];
            else if (candle.OpenTime - previous.OpenTime == timeframe.Milliseconds) returns[id][candle.OpenTime] = Math.Log(candle.Close / previous.Close);
            previous = candle;
        }, stop);
        return returns;
    }

    private static double?[][] Matrix(IReadOnlyList<Dictionary<long, double>> returns)
    {
        var matrix = new double?[returns.Count][];
        for (var i = 0; i < returns.Count; i++) matrix[i] = new double?[returns.Count];
        for (var i = 0; i < returns.Count; i++)
            for (var j = i; j < returns.Count; j++) matrix[i][j] = matrix[j][i] = Pearson.Of(returns[i], returns[j]);
        return matrix;
    }

    private sealed record Known(long Bar, DateTimeOffset Until, double?[][] Matrix);
}
