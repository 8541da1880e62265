namespace CryptoScreener.EndToEndTests;

/// <summary>Two of each worker: whichever is killed, the other takes over what it owned.</summary>
public sealed class OwnerKilledTests
{
    private const long Minute = 60_000;

    [Fact]
    public async Task Killing_an_owner_hands_its_partitions_over_with_neither_a_lost_nor_a_doubled_row()
    {
        await using var screener = await RunningScreener.StartAsync(
            ["--instruments", "12"], new Dictionary<string, string> { ["Collector__BackfillHours"] = "2", ["Collector__CloseGraceMs"] = "200" }, replicas: 2);
        await using var candles = new StoredCandles(screener);
        var from = ((await screener.TimeAsync()) / Minute * Minute) - (60 * Minute);
        await screener.SetSpeedAsync(20);
        await candles.FlowAsync("with two of each");

        foreach (var service in new[] { "data-collector", "metrics-calculator" })
        {
            foreach (var replica in new[] { 0, 1 })
            {
                var worker = screener.Stack.Worker(service, replica);
                await worker.KillAsync();
                await candles.FlowAsync($"after {worker.Name} was killed");
                await worker.StartAsync(CancellationToken.None);
                await screener.AllReadyAsync();
            }
        }

        await screener.SetSpeedAsync(0);
        await candles.BecomeTruthAsync(from, await candles.NewestCompleteAsync());
    }
}
