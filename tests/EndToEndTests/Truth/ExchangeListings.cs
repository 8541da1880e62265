using System.Text.Json;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.EndToEndTests.Truth;

/// <summary>What the simulated exchanges trade and have ended, beside what the database says of it.</summary>
internal sealed class ExchangeListings(RunningScreener screener, IReadOnlyList<string> exchanges, HttpClient http)
{
    /// <summary>Where the database does not say what the exchanges do; an instrument that is announced only counts as traded.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(IReadOnlyList<InstrumentRow> rows)
    {
        var noted = rows.ToDictionary(row => row.Instrument, row => row.Status);
        return
        [
            .. (await NowAsync())
                .Where(listed => noted.GetValueOrDefault(listed.Instrument) != listed.Status)
                .Select(listed => $"{listed.Instrument} is {listed.Status} and noted as {noted.GetValueOrDefault(listed.Instrument)}"),
        ];
    }

    private async Task<IReadOnlyList<(InstrumentId Instrument, InstrumentStatus Status)>> NowAsync()
    {
        var now = new List<(InstrumentId, InstrumentStatus)>();
        foreach (var exchange in exchanges)
        {
            using var json = JsonDocument.Parse(await http.GetStringAsync(screener.Simulator($"/sim/markets?exchange={exchange}")));
            now.AddRange(json.RootElement.EnumerateArray()
                .Where(market => market.TryGetProperty("listed_at", out _)) // the others wait to be listed
                .Select(market => (
                    new InstrumentId(exchange, market.GetProperty("symbol").GetString()!),
                    market.TryGetProperty("ends_at", out _) ? InstrumentStatus.Delisted : InstrumentStatus.Trading)));
        }

        return now;
    }
}
