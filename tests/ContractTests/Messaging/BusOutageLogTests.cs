using CryptoScreener.Contracts.Bus;
using CryptoScreener.ContractTests.Nats;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.ContractTests.Messaging;

/// <summary>A worker without its bus says so once, then every half minute, then that the bus is back; whatever else it runs.</summary>
public sealed class BusOutageLogTests
{
    private const int Lost = 2002;
    private const int NotReachable = 2003;
    private const int Back = 2004;
    private const int StillAway = 2005;
    private const int Readers = 4;

    private readonly ManualTime _time = new();

    // The package repeats its complaints; the stand-in tells each once, and is held to it.
    private readonly LogLines _lines = new(withTheClients: !Signatures.IsUpstream);

    [Fact]
    public async Task A_minute_without_a_bus_is_three_lines_and_its_return_is_one()
    {
        await using var server = await NatsServer.StartAsync();
        await server.StopAsync();
        using var worker = Worker(server);
        await worker.StartAsync();

        for (var second = 0; second < 61; second++)
        {
            await Eventually.TrueAsync(() => _time.HasTimerDueBetween(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), "the attempt has failed");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.TrueAsync(() => _lines.Count(NotReachable) == 3, "told after 0, 30 and 60 s");
        Assert.Equal(3, _lines.Seen.Count);
        await server.StartAgainAsync();
        await UntilAsync(() => worker.Services.GetRequiredService<Bus>().IsUp);
        Assert.Equal((3, 1), (_lines.Count(NotReachable), _lines.Count(Back)));
        await worker.StopAsync();
    }

    [Fact]
    public async Task A_bus_that_is_lost_is_told_of_by_no_reader_and_no_publisher()
    {
        await using var server = await NatsServer.StartAsync();
        using var worker = Worker(server);
        await worker.StartAsync();
        var bus = worker.Services.GetRequiredService<Bus>();
        await UntilAsync(() => bus.IsUp);
        using var stop = new CancellationTokenSource();
        var reader = worker.Services.GetRequiredService<StoredReader>();
        var reading = Enumerable.Range(0, Readers)
            .Select(_ => reader.ReadAsync(Streams.Feed, "feed.>", StreamPosition.Beginning, (_, _) => ValueTask.CompletedTask, stop.Token)).ToList();
        var before = _lines.Seen.Count;

        await server.StopAsync();
        await Eventually.TrueAsync(() => _lines.Count(Lost) == 1, "the loss is told");
        Assert.True(worker.Services.GetRequiredService<StoredPublisher>().TryPublish("feed.exchange.status", "1"u8));
        var once = worker.Services.GetRequiredService<OncePublisher>().PublishAsync("alerts.e.s.r.a", "1"u8.ToArray(), stop.Token);
        for (var told = 1; told <= 3; told++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await Eventually.TrueAsync(() => _lines.Count(StillAway) == told, $"told after {told} half minutes");
        }

        // Lost, why, the first failed attempt's reason, and three half minutes; two more if the server was met while it left.
        Assert.InRange(_lines.Seen.Count - before, 1 + 3, 1 + 3 + 4);
        await server.StartAgainAsync();
        await UntilAsync(() => once.IsCompleted && worker.Services.GetRequiredService<StoredPublisher>().Pending == 0);
        Assert.Equal(1, _lines.Count(Back));
        Assert.DoesNotContain(_lines.Seen, line => line.Id is >= 2020 and < 2040 || line.Level >= LogLevel.Error);
        await stop.CancelAsync();
        await Task.WhenAll(reading.Select(task => Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)));
        await worker.StopAsync();
    }

    private IHost Worker(NatsServer server)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = server.Url;
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.StreamMegabytes)}"] = "64";
        builder.Logging.AddProvider(_lines).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddScreenerMessaging();
        return builder.Build();
    }

    private async Task UntilAsync(Func<bool> condition) => await Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(condition());
        },
        () => $"the worker is well again; its log:\n{_lines}");
}
