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
        Assert.Equal(Lifetime + TimeSpan.FromMilliseconds(1), window.NextLook);
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
    public void On_the_way_and_waiting_together_never_exceed_the_maximum_and_never_dry_up()
    {
        var steps = Gen.Choose(0, 5).ListOf(200);

        Prop.ForAll(steps.ToArbitrary(), Holds).QuickCheckThrowOnFailure();
    }

    private static PullWindow Ten(TimeProvider? clock = null) =>
        new(maxMessages: 10, maxBytes: 0, thresholdMessages: 5, thresholdBytes: 0, Lifetime, clock ?? new ManualTime());

    // The server's side of the bargain: it sends what was asked for, or says that it will not, or forgets it.
    private static bool Holds(IEnumerable<int> steps)
    {
        const int Max = 10;
        var clock = new ManualTime();
        var window = Ten(clock);
        var open = new Queue<(long Pull, long Messages)>();
        var (pulls, waiting) = (0L, 0L);
        Ask(window.Restart(Inbox));
        foreach (var step in steps)
        {
            if (step <= 1 && open.TryDequeue(out var served))
            {
                window.Arrived(1);
                waiting++;
                if (served.Messages > 1)
                    open.Enqueue((served.Pull, served.Messages - 1));
            }
            else if (step == 2 && waiting > 0)
            {
                waiting--;
                Ask(window.Read(1, 1));
            }
            else if (step == 3 && open.TryDequeue(out var ended))
            {
                Ask(window.Expired(ended.Pull, ended.Messages, 0));
            }
            else if (step == 4)
            {
                open.TryDequeue(out _);
            }
            else if (step == 5)
            {
                // Whatever is still open by then has ended, and was told or not.
                open.Clear();
                clock.Advance(Lifetime);
                Ask(window.Overdue());
                if (open.Sum(pull => pull.Messages) + waiting <= Max / 2)
                    return false;
            }

            if (open.Sum(pull => pull.Messages) + waiting > Max)
                return false;
        }

        return true;

        void Ask(PullSize? pull)
        {
            if (pull is { } asked)
                open.Enqueue((++pulls, asked.Messages));
        }
    }
}
