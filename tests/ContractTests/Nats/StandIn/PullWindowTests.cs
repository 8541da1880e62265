using FsCheck;
using FsCheck.Fluent;
using NATS.Client.JetStream.Internal;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class PullWindowTests
{
    private const string Inbox = "_INBOX.x";

    [Fact]
    public void A_window_is_refilled_at_its_threshold()
    {
        var window = new PullWindow(maxMessages: 10, maxBytes: 0, thresholdMessages: 5, thresholdBytes: 0);

        Assert.Equal(new PullSize(10, 0, Inbox), window.Restart(Inbox));
        for (var i = 0; i < 10; i++)
            window.Arrived(1);
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(window.Read(1, 1)));
        Assert.Equal(new PullSize(5, 0, Inbox), window.Read(1, 1));
    }

    [Fact]
    public void What_a_server_gave_up_on_is_asked_for_again()
    {
        var window = new PullWindow(maxMessages: 10, maxBytes: 0, thresholdMessages: 5, thresholdBytes: 0);
        window.Restart(Inbox);
        window.Arrived(1);
        window.Read(1, 1);

        Assert.Equal(new PullSize(10, 0, Inbox), window.Expired(9, 0));
    }

    [Fact]
    public void Nothing_is_asked_for_while_the_reader_has_no_room()
    {
        var window = new PullWindow(maxMessages: 10, maxBytes: 0, thresholdMessages: 5, thresholdBytes: 0);
        window.Restart(Inbox);
        for (var i = 0; i < 10; i++)
            window.Arrived(1);

        Assert.False(window.IsExpecting);
        Assert.Null(window.Restart(Inbox));
    }

    [Fact]
    public void A_late_message_takes_room_and_pays_for_no_pull()
    {
        var window = new PullWindow(maxMessages: 10, maxBytes: 0, thresholdMessages: 5, thresholdBytes: 0);
        window.Restart(Inbox);

        Assert.Equal("_INBOX.y", window.Restart("_INBOX.y")!.Value.ReplyTo);
        for (var i = 0; i < 5; i++)
            window.Arrived(1, isLate: true);

        Assert.Null(window.Read(5, 5));
        Assert.True(window.IsExpecting);
    }

    [Fact]
    public void On_the_way_and_waiting_together_never_exceed_the_maximum_and_never_dry_up()
    {
        var steps = Gen.Choose(0, 3).ListOf(200);

        Prop.ForAll(steps.ToArbitrary(), Holds).QuickCheckThrowOnFailure();
    }

    // The server's side of the bargain: it sends what was asked for, or says that it will not.
    private static bool Holds(IEnumerable<int> steps)
    {
        const int Max = 10;
        var window = new PullWindow(Max, 0, Max / 2, 0);
        var (asked, waiting) = (window.Restart(Inbox)!.Value.Messages, 0L);
        foreach (var step in steps)
        {
            if (step <= 1 && asked > 0)
            {
                window.Arrived(1);
                (asked, waiting) = (asked - 1, waiting + 1);
            }
            else if (step == 2 && waiting > 0)
            {
                waiting--;
                asked += window.Read(1, 1)?.Messages ?? 0;
            }
            else if (step == 3)
            {
                asked = window.Expired(asked, 0)?.Messages ?? 0;
            }

            if (asked + waiting > Max || asked + waiting == 0)
                return false;
        }

        return true;
    }
}
