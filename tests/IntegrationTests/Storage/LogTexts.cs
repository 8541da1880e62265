using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Storage;

/// <summary>What an operator would read.</summary>
internal sealed class LogTexts<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    internal int Warnings => _lines.Count(line => line.Level == LogLevel.Warning);

    internal IEnumerable<string> Texts => _lines.Select(line => line.Text);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception)));
}
