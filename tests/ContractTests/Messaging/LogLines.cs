using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.ContractTests.Messaging;

/// <summary>What an operator would see.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(int Id, LogLevel Level, string Text)> Seen { get; } = new();

    public int Count(int id) => Seen.Count(line => line.Id == id);

    public override string ToString() => string.Join('\n', Seen);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Seen.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
