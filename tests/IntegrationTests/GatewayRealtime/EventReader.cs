namespace CryptoScreener.IntegrationTests.GatewayRealtime;

/// <summary>Who follows the alerts of a symbol as server-sent events.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http;
    private readonly StreamReader _lines;

    private EventReader(HttpClient http, StreamReader lines) => (_http, _lines) = (http, lines);

    /// <param name="lastId">Where it had got to; null begins with what comes next.</param>
    internal static async Task<EventReader> OpenAsync(RunningGateway gateway, string symbol, string? lastId)
    {
        var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, $"/api/v1/alerts/stream?symbol={symbol}"));
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new EventReader(http, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>The fields of the next event; comments are passed over.</summary>
    internal async Task<Dictionary<string, string>> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0 && fields.Count > 0) return fields;
            if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon) fields[line[..colon]] = line[(colon + 2)..];
        }

        throw new EndOfStreamException();
    }

    public void Dispose()
    {
        _lines.Dispose();
        _http.Dispose();
    }
}
