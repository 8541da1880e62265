using System.Diagnostics.Metrics;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class JumpInTimeTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task One_frame_from_the_future_moves_neither_the_clock_nor_the_gate()
    {
        var instrument = Followed.Instrument();
        instrument.Gate.StartAfter(Followed.Bar(0));
        var lane = Followed.RejectingLane(_services.GetRequiredService<IMeterFactory>(), _time);
        var holes = 0;
        lane.HoleFound = _ => holes++;
        lane.Clock.Observe(Followed.Minute(1));

        const int twoDays = 2_880;
        var future = new Kline(instrument, Followed.Bar(twoDays), true, Followed.Minute(twoDays + 1));
        await lane.HandleAsync(new ReceivedKline(future, ReceivedAt: 0), CancellationToken.None);

        Assert.Equal((0, Followed.Minute(1)), (holes, lane.Clock.Now));
    }

    public void Dispose() => _services.Dispose();
}
