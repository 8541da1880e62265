using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class LiveQueueTests
{
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly ManualTime _time = new();
    private readonly OwnedPartition _partition = new(number: 0, epoch: 1);
    private readonly TrackedInstrument _bitcoin = Track("BTCUSDT");
    private readonly TrackedInstrument _ether = Track("ETHUSDT");
    private readonly LiveQueue _queue;

    public LiveQueueTests() => _queue = new LiveQueue(Interval, perSecond: 1_000, _time);

    [Fact]
    public void The_first_frame_leaves_at_once_and_the_following_ones_are_one_when_the_interval_is_over()
    {
        Assert.True(_queue.IsDueNow(_bitcoin, _partition));
        Assert.Null(_queue.UntilNext());
        Assert.False(_queue.IsDueNow(_bitcoin, _partition));
        Assert.False(_queue.IsDueNow(_bitcoin, _partition));
        Assert.Equal(Interval, _queue.UntilNext());

        Advance(60);
        Assert.False(_queue.TryTakeDue(out _, out _));
        Assert.Equal(TimeSpan.FromMilliseconds(40), _queue.UntilNext());
        Advance(40);
        Assert.Equal([_bitcoin], TakeAll());
        Assert.Null(_queue.UntilNext());
    }

    [Fact]
    public void A_frame_that_was_owed_counts_as_the_last_one()
    {
        _queue.IsDueNow(_bitcoin, _partition);
        _queue.IsDueNow(_bitcoin, _partition);
        Advance(150);
        Assert.Equal([_bitcoin], TakeAll());
        Advance(99);
        Assert.False(_queue.IsDueNow(_bitcoin, _partition));
        Advance(1);
        Assert.Equal([_bitcoin], TakeAll());
    }

    [Fact]
    public void An_instrument_that_was_quiet_for_the_interval_is_shown_at_once_again()
    {
        _queue.IsDueNow(_bitcoin, _partition);
        Advance(100);
        Assert.True(_queue.IsDueNow(_bitcoin, _partition));
    }

    [Fact]
    public void Instruments_are_due_in_the_order_of_their_last_frames()
    {
        _queue.IsDueNow(_ether, _partition);
        Advance(30);
        _queue.IsDueNow(_bitcoin, _partition);
        _queue.IsDueNow(_bitcoin, _partition);
        _queue.IsDueNow(_ether, _partition);
        Assert.Equal(TimeSpan.FromMilliseconds(70), _queue.UntilNext());
        Advance(70);
        Assert.Equal([_ether], TakeAll());
        Advance(30);
        Assert.Equal([_bitcoin], TakeAll());
    }

    [Fact]
    public void A_lane_that_lags_finds_all_that_is_owed_due_and_waits_no_longer()
    {
        foreach (var instrument in (TrackedInstrument[])[_ether, _bitcoin])
        {
            _queue.IsDueNow(instrument, _partition);
            _queue.IsDueNow(instrument, _partition);
        }

        Advance(5_000);
        Assert.Equal(TimeSpan.Zero, _queue.UntilNext());
        Assert.Equal(2, TakeAll().Count);
    }

    [Fact]
    public void Without_an_interval_every_frame_leaves_at_once()
    {
        var queue = new LiveQueue(TimeSpan.Zero, perSecond: 1_000, _time);
        for (var i = 0; i < 3; i++) Assert.True(queue.IsDueNow(_bitcoin, _partition));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public void More_instruments_than_the_rate_allows_are_all_shown_so_much_less_often(int interval)
    {
        var queue = new LiveQueue(TimeSpan.FromMilliseconds(interval), perSecond: 100, _time);
        var instruments = Enumerable.Range(0, 40).Select(i => Track($"COIN{i}USDT")).ToList(); // 400 a second unless held back
        var shown = instruments.ToDictionary(i => i, _ => 0);
        for (var elapsed = 0; elapsed < 20_000; elapsed += 10)
        {
            Advance(10);
            if (elapsed == 10_000) foreach (var instrument in instruments) shown[instrument] = 0;
            foreach (var instrument in instruments) if (queue.IsDueNow(instrument, _partition)) shown[instrument]++;
            while (queue.TryTakeDue(out var instrument, out _)) shown[instrument]++;
        }

        Assert.InRange(shown.Values.Sum(), 800, 1_100);
        Assert.InRange(shown.Values.Max() - shown.Values.Min(), 0, 2);
    }

    [Fact]
    public void The_interval_is_short_again_when_fewer_instruments_move()
    {
        var queue = new LiveQueue(Interval, perSecond: 100, _time);
        var instruments = Enumerable.Range(0, 40).Select(i => Track($"COIN{i}USDT")).ToList();
        Run(instruments);
        Assert.True(queue.Interval > Interval);
        Run(instruments[..5]);
        Assert.Equal(Interval, queue.Interval);

        void Run(List<TrackedInstrument> moving)
        {
            for (var elapsed = 0; elapsed < 20_000; elapsed += 10)
            {
                Advance(10);
                foreach (var instrument in moving) queue.IsDueNow(instrument, _partition);
                while (queue.TryTakeDue(out _, out _)) { }
            }
        }
    }

    private static TrackedInstrument Track(string symbol) => new(Plan, new InstrumentId("binance-futures", symbol), partition: 0);

    private void Advance(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private List<TrackedInstrument> TakeAll()
    {
        var taken = new List<TrackedInstrument>();
        while (_queue.TryTakeDue(out var instrument, out var partition))
        {
            Assert.Same(_partition, partition);
            taken.Add(instrument);
        }

        return taken;
    }
}
