using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.DataCollector.Exchanges;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector.Backfill;

public sealed class HoleFillerTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ExchangeLane _lane;
    private Task _running = Task.CompletedTask;

    // It publishes nothing in these tests, so it needs no bus.
    public HoleFillerTests() => _lane = new ExchangeLane(
        new ExchangeClock(_time), null!, null!, null!, null!, _time, NullLogger<ExchangeLane>.Instance);

    [Fact]
    public async Task A_row_of_tomorrow_closes_no_minute_that_is_not_over()
    {
        var tomorrow = Followed.Bar(0) with { OpenTime = Followed.Minute(1_440) };
        var filler = Start(new AskedExchange((_, _, _) => Task.FromResult<IReadOnlyList<Candle>>([Followed.Bar(1), tomorrow])));
        var instrument = Followed.Instrument();
        await AskAsync(filler, instrument);
        await Eventually.TrueAsync(() => _lane.AskAsync(() => !instrument.IsRepairing, CancellationToken.None), "it was looked up");
        Assert.Equal(Followed.Minute(0), await _lane.AskAsync(() => instrument.Gate.LastClosed, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _stop.Dispose();
    }

    private HoleFiller Start(AskedExchange exchange)
    {
        var filler = new HoleFiller(exchange, _lane, _time, NullLogger<HoleFiller>.Instance);
        _running = Task.WhenAll(_lane.RunAsync(new HeartbeatRegistry(_time).Watch("lane", TimeSpan.FromMinutes(1)), _stop.Token), filler.RunAsync(_stop.Token));
        return filler;
    }

    /// <summary>Its last closed minute is 0, and 1 is forming.</summary>
    private async Task AskAsync(HoleFiller filler, FollowedInstrument instrument) => await _lane.AskAsync(
        () =>
        {
            _lane.Clock.Observe(Followed.Minute(1) + 30_000);
            instrument.Gate.StartAfter(Followed.Bar(0));
            filler.Ask(instrument);
            return true;
        },
        CancellationToken.None);
}
