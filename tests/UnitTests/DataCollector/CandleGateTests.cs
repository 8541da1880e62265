using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class CandleGateTests
{
    private readonly CandleGate _gate = new();

    [Fact]
    public void Nothing_passes_before_history_is_loaded()
    {
        Assert.False(_gate.IsWarm);
        Assert.Equal(GateAction.None, Offer(Followed.Bar(1), isClosed: true).Action);
        Assert.False(_gate.Settle(Followed.Bar(1)));
        Assert.Equal(0, _gate.LastClosed);
    }

    [Fact]
    public void Closed_candles_leave_in_order_and_each_minute_once()
    {
        Start();
        Assert.Equal(new GateVerdict(GateAction.Close), Offer(Followed.Bar(1), isClosed: true));
        Assert.Equal(new GateVerdict(GateAction.None), Offer(Followed.Bar(1), isClosed: true));
        Assert.Equal(new GateVerdict(GateAction.Close), Offer(Followed.Bar(2), isClosed: true));
        Assert.Equal(new GateVerdict(GateAction.None), Offer(Followed.Bar(1), isClosed: true));
        Assert.Equal(Followed.Minute(2), _gate.LastClosed);
    }

    [Fact]
    public void A_forming_candle_is_shown_and_closes_nothing()
    {
        Start();
        Assert.Equal(new GateVerdict(GateAction.Live), Offer(Followed.Bar(1)));
        Assert.Equal(Followed.Minute(0), _gate.LastClosed);
    }

    [Fact]
    public void A_forming_candle_that_says_nothing_new_or_was_overtaken_is_silent()
    {
        Start();
        Offer(Followed.Bar(1, trades: 10, volume: 5));
        Assert.Equal(GateAction.None, Offer(Followed.Bar(1, trades: 10, volume: 5)).Action);
        Assert.Equal(GateAction.None, Offer(Followed.Bar(1, trades: 9, volume: 5)).Action);
        Assert.Equal(GateAction.None, Offer(Followed.Bar(1, trades: 10, volume: 4)).Action);
        Assert.Equal(GateAction.Live, Offer(Followed.Bar(1, trades: 11, volume: 5)).Action);
    }

    [Fact]
    public void A_forming_candle_of_a_closed_minute_is_silent()
    {
        Start();
        Offer(Followed.Bar(1), isClosed: true);
        Assert.Equal(GateAction.None, Offer(Followed.Bar(1, trades: 11)).Action);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_next_minute_proves_the_forming_one_closed(bool isClosed)
    {
        Start();
        Offer(Followed.Bar(1));
        var verdict = Offer(Followed.Bar(2), isClosed);
        Assert.Equal(new GateVerdict(isClosed ? GateAction.Close : GateAction.Live, Predecessor: Followed.Bar(1)), verdict);
        Assert.Equal(Followed.Minute(isClosed ? 2 : 1), _gate.LastClosed);
    }

    [Fact]
    public void A_minute_that_nobody_saw_forming_is_a_hole()
    {
        Start();
        Assert.Equal(GateAction.Hole, Offer(Followed.Bar(2)).Action);
        Offer(Followed.Bar(1));
        Assert.Equal(GateAction.Hole, Offer(Followed.Bar(3), isClosed: true).Action);
        Assert.Equal(Followed.Minute(0), _gate.LastClosed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_an_interruption_the_next_minute_proves_nothing_of_the_forming_one(bool isClosed)
    {
        Start();
        Offer(Followed.Bar(1));
        _gate.Interrupt();
        Assert.Equal(new GateVerdict(GateAction.Hole), Offer(Followed.Bar(2), isClosed));
        Assert.Equal(Followed.Minute(0), _gate.LastClosed);
        Assert.True(_gate.Settle(Followed.Bar(1, trades: 12)));
        Assert.Equal(GateAction.Live, Offer(Followed.Bar(2)).Action);
        Assert.Equal(Followed.Bar(2), Offer(Followed.Bar(3)).Predecessor);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void A_minute_that_is_told_again_after_an_interruption_is_proven_by_the_next_one(int trades)
    {
        Start();
        Offer(Followed.Bar(1, trades: 10));
        _gate.Interrupt();
        Offer(Followed.Bar(1, trades: 9)); // overtaken on its way: it tells nothing of now
        Assert.Equal(GateAction.Hole, Offer(Followed.Bar(2)).Action);
        Offer(Followed.Bar(1, trades: trades));
        Assert.Equal(Followed.Bar(1, trades: trades), Offer(Followed.Bar(2)).Predecessor);
    }

    [Fact]
    public void The_last_closed_minute_told_otherwise_is_a_doubt_that_names_what_was_said_before()
    {
        Start();
        Offer(Followed.Bar(1), isClosed: true);
        Assert.Equal(
            new GateVerdict(GateAction.Doubt), Offer(Followed.Bar(1, close: 101), isClosed: true));
        Assert.Equal(101, _gate.LastClose);
        Assert.Equal(Followed.Minute(1), _gate.LastClosed);
    }

    [Fact]
    public void An_older_closed_minute_told_otherwise_is_left_to_the_audit()
    {
        Start();
        Offer(Followed.Bar(1), isClosed: true);
        Offer(Followed.Bar(2), isClosed: true);
        Assert.Equal(GateAction.None, Offer(Followed.Bar(1, close: 101), isClosed: true).Action);
    }

    [Fact]
    public void What_cannot_be_true_is_rejected_with_the_reason_and_changes_nothing()
    {
        Start();
        AssertRejected(Followed.Bar(1) with { Low = 120 });
        AssertRejected(Followed.Bar(1) with { Close = double.NaN });
        AssertRejected(Followed.Bar(1) with { OpenTime = Followed.Minute(1) + 1 });
        Assert.Equal(Followed.Minute(0), _gate.LastClosed);
    }

    [Fact]
    public void A_minute_more_than_two_ahead_of_the_exchange_is_a_jump_in_time()
    {
        Start();
        Assert.Equal(GateAction.Reject, _gate.Offer(Followed.Bar(5), true, Followed.Minute(3) - 1).Action);
        Assert.Equal(GateAction.Hole, _gate.Offer(Followed.Bar(5), true, Followed.Minute(3)).Action);
    }

    [Fact]
    public void A_looked_up_candle_settles_the_next_minute_only()
    {
        Start();
        Assert.False(_gate.Settle(Followed.Bar(2)));
        Assert.False(_gate.Settle(Followed.Bar(0)));
        Assert.False(_gate.Settle(Followed.Bar(1) with { High = 1 }));
        Assert.True(_gate.Settle(Followed.Bar(1)));
        Assert.True(_gate.Settle(Followed.Bar(2)));
        Assert.Equal(GateAction.Close, Offer(Followed.Bar(3), isClosed: true).Action);
    }

    [Fact]
    public void A_quiet_minute_that_its_stream_closes_after_it_was_looked_up_is_said_once()
    {
        Start();
        var quiet = new Candle(Followed.Minute(1), 100, 100, 100, 100, 0, 0);
        Assert.True(_gate.Settle(quiet));
        Assert.Equal(new GateVerdict(GateAction.None), Offer(quiet, isClosed: true));
        Assert.Equal(new GateVerdict(GateAction.Close), Offer(quiet with { OpenTime = Followed.Minute(2) }, isClosed: true));
    }

    [Fact]
    public void A_minute_that_is_given_up_lets_the_next_pass_and_keeps_the_price()
    {
        Start();
        _gate.Skip(Followed.Minute(2));
        Assert.Equal(Followed.Minute(0), _gate.LastClosed);
        _gate.Skip(Followed.Minute(1));
        Assert.Equal((Followed.Minute(1), 100.0), (_gate.LastClosed, _gate.LastClose));
        Assert.Equal(GateAction.Close, Offer(Followed.Bar(2), isClosed: true).Action);
    }

    [Fact]
    public void A_close_that_comes_after_its_minute_was_given_up_is_still_published()
    {
        Start();
        _gate.Skip(Followed.Minute(1));
        Assert.Equal(GateAction.Doubt, Offer(Followed.Bar(1), isClosed: true).Action);
    }

    [Fact]
    public void A_quiet_close_of_a_minute_that_was_given_up_is_published_although_it_says_what_was_assumed()
    {
        Start();
        _gate.Skip(Followed.Minute(1));
        var quiet = Candle.Flat(Followed.Minute(1), _gate.LastClose);
        Assert.Equal(GateAction.Doubt, Offer(quiet, isClosed: true).Action);
        Assert.Equal(GateAction.None, Offer(quiet, isClosed: true).Action);
    }

    [Fact]
    public void Minutes_that_were_given_up_settle_in_order_until_one_behind_them_has_left()
    {
        Start();
        foreach (var minute in (int[])[1, 2, 3]) _gate.Skip(Followed.Minute(minute));
        Assert.True(_gate.Settle(Followed.Bar(1, close: 101)));
        Assert.Equal((Followed.Minute(2), Followed.Minute(3)), (_gate.NextUntold, _gate.LastClosed));
        Assert.False(_gate.Settle(Followed.Bar(1)));
        Assert.True(_gate.Settle(Followed.Bar(2)));
        Assert.Equal(GateAction.Close, Offer(Followed.Bar(4), isClosed: true).Action);
        Assert.False(_gate.Settle(Followed.Bar(3)));
    }

    [Fact]
    public void What_is_quiet_behind_a_minute_that_was_given_up_and_found_has_its_price()
    {
        Start();
        foreach (var minute in (int[])[1, 2, 3]) _gate.Skip(Followed.Minute(minute));
        Assert.True(_gate.Settle(Followed.Bar(1, close: 101)));
        Assert.Equal(101, _gate.LastClose);
        _gate.Skip(Followed.Minute(4));
        Assert.Equal((Followed.Minute(4), 101.0), (_gate.LastClosed, _gate.LastClose));
    }

    /// <summary>Whatever order a socket chooses: what leaves as closed has no hole and only ever corrects its last minute.</summary>
    [Fact]
    public void No_order_of_frames_lets_a_closed_minute_leave_out_of_turn()
    {
        const int seed = 11;
        var random = new Random(seed);
        Start();
        var last = Followed.Minute(0);
        for (var i = 0; i < 20_000; i++)
        {
            var around = (int)((last - Followed.Minute(0)) / Timeframe.MinuteMs);
            var candle = Followed.Bar(Math.Max(0, around + random.Next(-2, 4)), 95 + random.Next(10), random.Next(20));
            if (random.Next(10) == 0) _gate.Settle(Followed.Bar(around + 1));
            else if (random.Next(20) == 0) _gate.Skip(Followed.Minute(around + 1));
            else Check(_gate.Offer(candle, random.Next(2) == 0, candle.OpenTime), candle.OpenTime, i);
            Assert.True(_gate.LastClosed - last is >= 0 and <= 2 * Timeframe.MinuteMs, $"seed {seed}, step {i}");
            last = _gate.LastClosed;
        }

        void Check(GateVerdict verdict, long openTime, int step)
        {
            var expected = last;
            if (verdict.Predecessor is { } predecessor) Assert.True(predecessor.OpenTime == (expected += Timeframe.MinuteMs), $"seed {seed}, step {step}");
            if (verdict.Action == GateAction.Close) expected += Timeframe.MinuteMs;
            if (verdict.Action is GateAction.Close or GateAction.Doubt) Assert.True(openTime == expected, $"seed {seed}, step {step}");
            Assert.True(_gate.LastClosed == expected, $"seed {seed}, step {step}");
        }
    }

    private void Start() => _gate.StartAfter(Followed.Bar(0));

    private GateVerdict Offer(Candle candle, bool isClosed = false) => _gate.Offer(candle, isClosed, candle.OpenTime + 30_000);

    private void AssertRejected(Candle candle)
    {
        var verdict = Offer(candle, isClosed: true);
        Assert.Equal(GateAction.Reject, verdict.Action);
        Assert.False(string.IsNullOrEmpty(verdict.Reason));
    }
}
