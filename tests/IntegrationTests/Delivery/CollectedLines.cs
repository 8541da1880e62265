using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>Everything that would be logged, however detailed.</summary>
internal sealed class CollectedLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    private readonly ConcurrentQueue<(int Id, string Endpoint)> _events = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>The endpoints about which this was said, in that order.</summary>
    public IEnumerable<string> EndpointsOf(int eventId) => _events.Where(said => said.Id == eventId).Select(said => said.Endpoint);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue($"scope: {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{formatter(state, exception)} {exception}");
        if (state is IEnumerable<KeyValuePair<string, object?>> values && values.FirstOrDefault(value => value.Key == "Endpoint").Value is string endpoint)
            _events.Enqueue((eventId.Id, endpoint));
    }

    public void Dispose()
    {
        // nothing is held
    }
}
