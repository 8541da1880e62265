using System.Text.Json;
using CryptoScreener.Benchmarks.Replay;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary>A database with all the history that a calculator can use, through the minute before now.</summary>
internal sealed class StoredMarket(int instruments, int partitions)
{
    private const string Exchange = "bench";
    private const int Batch = 100;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private readonly long _end = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / Timeframe.MinuteMs * Timeframe.MinuteMs;

    internal async Task FillAsync(IServiceProvider services)
    {
        InstrumentId[] names = [.. Enumerable.Range(0, instruments).Select(i => new InstrumentId(Exchange, $"COIN{i}USDT"))];
        var ids = await services.GetRequiredService<InstrumentStore>().ResolveAsync(names);
        var writer = services.GetRequiredService<CandleWriter>();
        foreach (var some in ids.Chunk(Batch))
        {
            await writer.WriteAsync(some.SelectMany(id => Bars(id, Timeframe.OneMinute, 2 * 1440)).ToArray());
            await writer.WriteAsync(some.SelectMany(id => Plan.Timeframes.Skip(1).SelectMany(timeframe => Bars(id, timeframe, 2 * Plan.WarmUpBarsOf(timeframe)))).ToArray());
        }
    }

    /// <summary>Says that the market is through its last minute, and waits until the calculator has noted it: then it stores states as it ends.</summary>
    internal async Task MarkAsync(IServiceProvider services)
    {
        var bus = services.GetRequiredService<StoredPublisher>();
        for (var partition = 0; partition < partitions; partition++)
        {
            var mark = JsonSerializer.SerializeToUtf8Bytes(new Mark(Exchange, partition, _end - Timeframe.MinuteMs, instruments, [], _end, 1), ContractsJson.Default.Mark);
            await bus.PublishAsync(Subjects.CandleMark(partition, Exchange), mark, $"mark:{partition}", CancellationToken.None);
        }

        while (await CountAsync(services, "SELECT count(*) FROM checkpoints WHERE reader = 'frames' AND sequence > 0") < partitions)
            await Task.Delay(LookEvery, TimeProvider.System, CancellationToken.None);
    }

    internal async Task AssertStatesAsync(IServiceProvider services)
    {
        var stored = await CountAsync(services, "SELECT count(*) FROM snapshots WHERE kind = 'calculator-state'");
        if (stored != instruments) throw new InvalidOperationException($"{stored} states of {instruments} instruments were stored: the figure is not that of a restart");
    }

    private IEnumerable<CandleRow> Bars(int id, Timeframe timeframe, int count)
    {
        var first = timeframe.OpenOf(_end) - (count * timeframe.Milliseconds);
        return new RandomWalk(id, new Random(id * timeframe.Minutes)).Minutes(first, count).Select((row, i) => row with
        {
            Timeframe = timeframe,
            Candle = row.Candle with { OpenTime = first + (i * timeframe.Milliseconds) },
        });
    }

    private static async Task<long> CountAsync(IServiceProvider services, string sql)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
