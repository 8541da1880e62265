using Xunit.Abstractions;

namespace CryptoScreener.EndToEndTests.Outages;

/// <summary>
/// Whatever is away for a while, afterwards no closed candle is missing, and the time that took is printed.
/// <c>make outages</c> has ten of the exchange's minutes of each, with 800 instruments.
/// </summary>
public sealed class RecoveryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task After_a_lost_exchange_lost_sockets_a_lost_bus_and_a_lost_database_no_closed_candle_is_missing()
    {
        await using var run = await OutageRun.StartAsync(OutageSize.OfEnvironment(), output);
        var (nats, postgres) = (run.Screener.Stack.Nats, run.Screener.Stack.Postgres);
        await run.PassAsync("all sockets cut at once", () => run.OrderAsync(new { kind = "drop" }), () => Task.CompletedTask, lasts: false);
        var told = await run.Screener.TimeAsync();
        await run.PassAsync("all sockets told to go", () => run.OrderAsync(new { kind = "server_shutdown", seconds = 3 }), () => Task.CompletedTask);
        var replaced = await run.Screener.TimeAsync();
        await run.PassAsync(
            "the exchange away", () => run.OrderAsync(new { kind = "refuse", seconds = 3_600 }, new { kind = "drop" }), run.EndFaultsAsync);
        await run.PassAsync("NATS away", nats.StopAsync, () => nats.StartAgainAsync());

        var without = await run.Screener.TimeAsync();
        await run.PassAsync("PostgreSQL away", postgres.StopAsync, () => postgres.StartAgainAsync());
        var again = await run.Screener.TimeAsync();
        var bus = await run.BusAsync();
        Assert.Empty(bus.Broken);
        // What takes a socket's place delivers before that is closed. A busy machine may be late all the same: a minute lasts two seconds here.
        var said = bus.Counting.Select(c => (c.Instrument, c.Candle.OpenTime)).ToHashSet();
        Assert.DoesNotContain(bus.Missing, m => m.Minute > told && m.Minute < replaced && !said.Contains(m));
        // The collector does not need the database: every minute went out as if it were there.
        Assert.DoesNotContain(bus.Missing, m => m.Minute > without && m.Minute < again);
    }
}
