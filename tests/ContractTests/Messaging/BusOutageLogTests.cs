using System.Collections.Concurrent;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ContractTests.Messaging;

public sealed class BusOutageLogTests
{
    private const int NotReachable = 2003;
    private const int ReachableAgain = 2004;

    [Fact]
    public async Task A_minute_without_a_bus_is_a_handful_of_lines_and_its_return_is_one()
    {
        await using var server = await NatsServer.StartAsync();
        await server.StopAsync();
        var (time, lines) = (new ManualTime(), new LogLines());
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(lines));
        await using var bus = new Bus(Options.Create(new MessagingOptions { Url = server.Url, StreamMegabytes = 64 }), time, loggers);
        var connecting = bus.ConnectAsync(CancellationToken.None);

        for (var second = 0; second < 60; second++)
        {
            await Eventually.TrueAsync(() => time.HasTimerDueWithin(TimeSpan.FromSeconds(1)), "the attempt has failed");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, lines.Seen.Count(line => line.Id == NotReachable)); // after 0, 10 and 30 s
        Assert.InRange(lines.Seen.Count, 3, 6);
        Assert.DoesNotContain(lines.Seen, line => line.Level >= LogLevel.Error);
        await server.StartAgainAsync();
        while (!connecting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await connecting;
        Assert.Single(lines.Seen, line => line.Id == ReachableAgain);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(int Id, LogLevel Level)> Seen { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Seen.Enqueue((eventId.Id, logLevel));
        }

        public void Dispose()
        {
        }
    }
}
