using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CryptoScreener.IntegrationTests.Storage.Candles;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Storage.Redis;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Storage.Schema;

public sealed class StorageMetricsTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private readonly ConcurrentDictionary<string, long> _seen = new();

    [Fact]
    public async Task Every_metric_of_storage_moves()
    {
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("Redis", servers.Redis.Configuration), ("MaxPoolSize", "7"));
        using var listener = Listen(storage);

        await storage.Get<CandleWriter>().WriteAsync(new[] { CandleRows.Row(1, 0) });
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => storage.ExecuteAsync("SELECT nonsense"));
        await storage.Get<RedisState>().GetAsync("k");
        await new DiskBudget(storage.Get<Database>(), storage.Get<StorageMetrics>(), 2, NullLogger<DiskBudget>.Instance).CheckAsync(CancellationToken.None);
        await storage.Get<Database>().RunAsync("test", _ =>
        {
            listener.RecordObservableInstruments();
            return Task.CompletedTask;
        }, CancellationToken.None);

        Assert.Equal(1, _seen["database_queries_total write_candles"]);
        Assert.Equal(1, _seen["database_errors_total test rejected"]);
        Assert.Equal(1, _seen["redis_operations_total ok"]);
        Assert.Equal(1, _seen["database_connection_pool_size used"]);
        Assert.Equal(7, _seen["database_connection_pool_size max"]);
        Assert.InRange(_seen["database_size_bytes"], 1, long.MaxValue);
        Assert.Equal(2L << 30, _seen["database_size_budget_bytes"]);
    }

    [Fact]
    public async Task Who_waits_for_a_connection_does_not_use_one()
    {
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("MaxPoolSize", "2"));
        using var listener = Listen(storage);
        var everybodyAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = Enumerable.Range(0, 5).Select(_ => storage.Get<Database>().RunAsync("hold", _ => everybodyAsked.Task, CancellationToken.None)).ToList();
        await Eventually.TrueAsync(() =>
        {
            _seen.Clear();
            listener.RecordObservableInstruments();
            return _seen["database_connection_pool_size used"] == 2;
        }, "both connections are in use and three callers wait");
        everybodyAsked.SetResult();
        await Task.WhenAll(work);
    }

    private MeterListener Listen(TestStorage storage)
    {
        var factory = storage.Get<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == StorageMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory)) l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var tag in tags) name += $" {tag.Value}";
        _seen.AddOrUpdate(name, value, (_, before) => before + value);
    }
}
