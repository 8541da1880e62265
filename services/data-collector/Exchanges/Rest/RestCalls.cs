using System.Globalization;
using System.Net;
using System.Text.Json;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>GET requests below one base address, each paid for from a budget. Too many of them are answered with a pause.</summary>
/// <param name="overrunPause">How long to keep away after 429 or 403 without a Retry-After; null where the exchange always sends one.</param>
/// <param name="pauseFor">How long to keep away after an answer that says with status 200 that it was too much; null when it does not say so.</param>
/// <param name="spentHeader">Where the exchange says how much of this minute's limit it has counted; null where it does not.</param>
/// <param name="isSpare">Asks only while half of the budget is left: for history that nobody waits for.</param>
internal sealed class RestCalls(
    HttpClient http, string baseUrl, WeightBudget budget, TimeProvider time, TimeSpan? overrunPause = null, Func<JsonElement, TimeSpan?>? pauseFor = null,
    bool isSpare = false, string? spentHeader = null)
{
    /// <summary>The slowest answer that is worth waiting for, from its asking to its end: a minute's candles are looked up within it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _base = baseUrl.TrimEnd('/');

    public RestCalls Spare() => new(http, baseUrl, budget, time, overrunPause, pauseFor, isSpare: true, spentHeader);

    public async Task<JsonDocument> GetAsync(string path, int weight, CancellationToken stop)
    {
        await (isSpare ? budget.SpendSpareAsync(weight, stop) : budget.SpendAsync(weight, stop));
        using var response = await http.GetAsync(new Uri(_base + path), HttpCompletionOption.ResponseHeadersRead, stop);
        if (SpentBy(response) is { } spent) budget.Reported(spent);
        if (PauseAfter(response) is { } pause) await budget.PauseAsync(pause); // a ban grows when it is ignored
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var json = await JsonDocument.ParseAsync(body, cancellationToken: stop);
        if (pauseFor?.Invoke(json.RootElement) is { } wanted) await budget.PauseAsync(wanted);
        return json;
    }

    private int? SpentBy(HttpResponseMessage response) =>
        spentHeader is not null && response.Headers.TryGetValues(spentHeader, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var spent)
            ? spent
            : null;

    private TimeSpan? PauseAfter(HttpResponseMessage response) => RetryAfter(response) ?? (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden ? overrunPause : null);

    /// <summary>Seconds, or a date.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - time.GetUtcNow()) : null;
}
