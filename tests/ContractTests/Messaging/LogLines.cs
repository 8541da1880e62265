using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.ContractTests.Messaging;

/// <summary>What an operator would see, of our own words or of all.</summary>
internal sealed class LogLines(bool withTheClients = true) : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(int Id, LogLevel Level, string Text)> Seen { get; } = new();

    public int Count(int id) => Seen.Count(line => line.Id == id);

    public override string ToString() => string.Join('\n', Seen);

    public ILogger CreateLogger(string categoryName) =>
        withTheClients || categoryName.StartsWith("CryptoScreener", StringComparison.Ordinal) ? this : NullLogger.Instance;

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
