using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Gaps;

/// <summary>A bus that is away holds up what is said of gaps, and the table must not call open afterwards what has been settled meanwhile.</summary>
public sealed class GapNoteTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private const int Buffer = 100; // messages
    private static readonly long Start = new ManualTime().GetUtcNow().ToUnixTimeMilliseconds();
    private RepairUnderTest _test = null!;

    public async Task InitializeAsync() => _test = await RepairUnderTest.StartAsync(servers, Buffer);

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task What_is_settled_while_its_announcement_waits_is_not_noted_open_afterwards()
    {
        var delisted = await _test.FollowAsync("ETHUSDT");
        await _test.RunAsync();
        await BlockAsync();
        _test.Ledger.Add(_test.Instrument, At(1), "test");
        _test.Ledger.Add(delisted, At(1), "test");
        await _test.IsInTableAsync(GapState.Found, At(1)); // and is being said, before the other

        var settling = _test.Repair.TrySettleDelistedAsync(delisted, () => false, CancellationToken.None);
        await _test.IsInTableAsync(GapState.Abandoned, At(1), delisted);
        await _test.Nats.StartAgainAsync();
        await settling;
        await AnnouncedAsync(At(10)); // and so everything before it

        await _test.IsInTableAsync(GapState.Found, At(10));
        await _test.IsInTableAsync(GapState.Abandoned, At(1), delisted);
    }

    [Fact]
    public async Task What_grew_while_its_repair_waited_is_fetched_no_further_than_it_was_announced()
    {
        await _test.RunAsync();
        for (var i = 0; i < 9; i++) await AnnouncedAsync(At(10 * i)); // one more than are asked for at once
        await BlockAsync();
        var answered = _test.Exchange.Hold();
        _test.Time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => _test.Exchange.Asked.Count == 8, "the last one waits for its turn");
        _test.Ledger.Add(_test.Instrument, At(1), "test"); // is being said while the last one grows
        _test.Ledger.Add(_test.Instrument, At(81), "test");

        answered.SetResult();
        await Eventually.TrueAsync(() => _test.Exchange.Asked.Count == 9, "the last one has its turn");
        Assert.Equal((At(79), At(81)), _test.Exchange.Asked.Last()); // with the rows beside it
        await _test.Nats.StartAgainAsync();
    }

    /// <summary>The bus is away, and what may wait for it is full; more than that waits because some was taken out to be sent first.</summary>
    private async Task BlockAsync()
    {
        await _test.Nats.KillAsync();
        await Eventually.TrueAsync(
            () =>
            {
                while (_test.Bus.Stored.TryPublish(Subjects.Feed("forgetful", "test"), "{}"u8)) { }
                return !_test.Bus.Bus.IsUp && _test.Bus.Stored.Pending > Buffer;
            },
            "nothing is taken");
    }

    private async Task AnnouncedAsync(long minute)
    {
        _test.Ledger.Add(_test.Instrument, minute, "test");
        await Eventually.TrueAsync(() => _test.Ledger.Open.Any(gap => gap.First == minute && gap.AnnouncedThrough == minute), "it is announced");
    }

    private static long At(int minute) => Start + (minute * Timeframe.MinuteMs);
}
