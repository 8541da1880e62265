using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.DataCollector.Exchanges;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector.Gaps;

public sealed class GapRepairTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Several_gaps_are_asked_for_at_once()
    {
        var never = new TaskCompletionSource<IReadOnlyList<Candle>>();
        var exchange = new AskedExchange((_, _, _) => never.Task);
        var ledger = new GapLedger(exchange.Name, new GapMetrics(_services.GetRequiredService<IMeterFactory>()), _time);
        for (var i = 0; i < 20; i++) ledger.Adopt(new Gap(Followed.Instrument($"S{i}"), Followed.Minute(0), Followed.Minute(0), "test", _time.GetUtcNow()));
        var lane = new ExchangeLane(new ExchangeClock(_time), null!, null!, null!, null!, _time, NullLogger<ExchangeLane>.Instance);
        var repair = new GapRepair(exchange, lane, ledger, null!, null!, null!, null!, _time, NullLogger<GapRepair>.Instance);
        using var stop = new CancellationTokenSource();
        var running = repair.RunAsync(stop.Token);

        await Eventually.TrueAsync(_time, TimeSpan.FromSeconds(5), () => exchange.Asked >= 4, "some are on their way although none was answered");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    public void Dispose() => _services.Dispose();
}
