using CryptoScreener.Testing;
using FsCheck;
using FsCheck.Fluent;
using NATS.Client.JetStream.Internal;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class PullWindowTests
{
    private const string Inbox = "_INBOX.x.*";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_window_is_refilled_at_its_threshold()
    {
        var window = Ten();

        Assert.Equal(new PullSize(10, 0, "_INBOX.x.1"), window.Restart(Inbox));
        for (var i = 0; i < 10; i++)
            window.Arrived(1);
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(window.Read(1, 1)));
        Assert.Equal(new PullSize(5, 0, "_INBOX.x.2"), window.Read(1, 1));
    }

    [Fact]
    public void What_a_server_gave_up_on_is_asked_for_again()
    {
        var window = Ten();
        window.Restart(Inbox);
        window.Arrived(1);
        window.Read(1, 1);

        Assert.Equal(new PullSize(10, 0, "_INBOX.x.2"), window.Expired(pull: 1, 9, 0));
    }

    [Fact]
    public void A_pull_that_ends_without_a_word_is_asked_for_again_and_its_late_end_is_not_counted()
    {
        var clock = new ManualTime();
        var window = Ten(clock);
        window.Restart(Inbox);
        window.Arrived(1);
        window.Read(1, 1);

        clock.Advance(Lifetime - TimeSpan.FromTicks(1));
        Assert.Null(window.Overdue());
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(new PullSize(10, 0, "_INBOX.x.2"), window.Overdue());

        Assert.Null(window.Expired(pull: 1, 9, 0));
        Assert.Null(window.Overdue());
        Assert.Equal(Lifetime, window.NextLook);
    }

    [Fact]
    public void What_a_silent_end_took_along_is_asked_for_beside_the_pull_that_is_still_open()
    {
        var clock = new ManualTime();
        var window = Ten(clock);
        window.Restart(Inbox);
        clock.Advance(Lifetime / 2);
        for (var i = 0; i < 5; i++)
            window.Arrived(1);
        Assert.Equal(5, window.Read(5, 5)!.Value.Messages);

        clock.Advance(Lifetime / 2);

        Assert.Equal(new PullSize(5, 0, "_INBOX.x.3"), window.Overdue());
    }

    [Fact]
    public void Nothing_is_asked_for_while_the_reader_has_no_room()
    {
        var window = Ten();
        window.Restart(Inbox);
        for (var i = 0; i < 10; i++)
            window.Arrived(1);

        Assert.False(window.IsExpecting);
        Assert.Null(window.Restart(Inbox));
    }

    [Fact]
    public void A_late_message_takes_room_and_pays_for_no_pull()
    {
        var window = Ten();
        window.Restart(Inbox);

        Assert.Equal("_INBOX.y.2", window.Restart("_INBOX.y.*")!.Value.ReplyTo);
        for (var i = 0; i < 5; i++)
            window.Arrived(1, isLate: true);

        Assert.Null(window.Read(5, 5));
        Assert.True(window.IsExpecting);
    }

    [Fact]
    public void Where_the_threshold_is_the_maximum_nothing_is_asked_for_while_there_is_no_room()
    {
        var clock = new ManualTime();
        var window = new PullWindow(maxMessages: 10, maxBytes: 0, thresholdMessages: 10, thresholdBytes: 0, Lifetime, clock);
        window.Restart(Inbox);
        clock.Advance(Lifetime / 2);
        window.Arrived(1);
        Assert.Equal(1, window.Read(1, 1)!.Value.Messages);

        Assert.Null(window.Expired(pull: 2, 0, 0));
        Assert.Null(window.Overdue());
    }

    [Fact]
    public void Bytes_of_a_pull_that_ends_without_a_word_are_asked_for_again()
    {
        var clock = new ManualTime();
        var window = new PullWindow(maxMessages: 1_000, maxBytes: 100, thresholdMessages: 500, thresholdBytes: 50, Lifetime, clock);
        Assert.Equal(100, window.Restart(Inbox)!.Value.Bytes);
        window.Arrived(40);
        Assert.Null(window.Read(1, 40));

        clock.Advance(Lifetime);

        Assert.Equal(100, window.Overdue()!.Value.Bytes);
    }

    [Fact]
    public void Bytes_that_a_filled_pull_left_over_are_asked_for_again()
    {
        var window = new PullWindow(maxMessages: 2, maxBytes: 100, thresholdMessages: 1, thresholdBytes: 50, Lifetime, new ManualTime());
        window.Restart(Inbox);
        window.Arrived(5);
        window.Arrived(5);

        Assert.Equal(100, window.Read(2, 10)!.Value.Bytes);
    }

    [Theory]
    [InlineData("_INBOX.x.1", 1)]
    [InlineData("17", 17)]
    [InlineData("_INBOX.x.", 0)]
    [InlineData("_INBOX.x", 0)]
    [InlineData("_INBOX.x.1x", 0)]
    [InlineData("_INBOX.x.99999999999999999999", 0)]
    [InlineData("", 0)]
    public void A_pull_is_known_by_the_last_part_of_where_it_is_answered(string subject, long pull) =>
        Assert.Equal(pull, PullInbox.PullOf(System.Text.Encoding.UTF8.GetBytes(subject)));

    [Fact]
    public void On_the_way_and_waiting_together_never_exceed_the_maximum_and_never_dry_up()
    {
        var steps = Gen.Choose(0, 7).ListOf(300);

        Prop.ForAll(steps.ToArbitrary(), steps => new PlayedPulls().Play(steps)).QuickCheckThrowOnFailure();
    }

    private static PullWindow Ten(TimeProvider? clock = null) =>
        new(maxMessages: 10, maxBytes: 0, thresholdMessages: 5, thresholdBytes: 0, Lifetime, clock ?? new ManualTime());
}
