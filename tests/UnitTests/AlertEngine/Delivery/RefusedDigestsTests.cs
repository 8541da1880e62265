using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class RefusedDigestsTests
{
    private const int Size = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly RefusedDigests _refused = new();

    [Theory]
    [InlineData(7)]
    [InlineData(1985)]
    public void Only_what_is_refused_alone_dies_and_the_rest_arrives_in_few_messages(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var all = Enumerable.Range(0, random.Next(1, 3 * Size)).Select(i => Of($"{round}-{i}")).ToList();
            var poison = all.Where(_ => random.Next(12) == 0).Select(delivery => delivery.Id).ToHashSet();
            var (delivered, dead, messages, rejected) = Run(all, poison);

            Assert.Equal(poison.Order(), dead.Order());
            Assert.Equal(all.Select(delivery => delivery.Id).Except(poison).Order(), delivered.Order());
            // The digests themselves, and for each refused alert the way down from a full one, two halves a step.
            Assert.InRange(messages, 1, ((all.Count + Size - 1) / Size) + (2 * 5 * poison.Count));
            Assert.InRange(rejected, poison.Count, 6 * Math.Max(1, poison.Count));
        }
    }

    [Fact]
    public void The_second_half_waits_for_the_pace_of_the_endpoint() =>
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, Pace], _refused.Halve([Of("a"), Of("b"), Of("c")], Pace, Now)!);

    [Fact]
    public void What_was_not_refused_is_told_as_ever_beside_the_pieces()
    {
        _refused.Halve([Of("a"), Of("b"), Of("c"), Of("d")], Pace, Now);
        var split = _refused.Split([Of("a"), Of("x"), Of("b"), Of("y"), Of("c"), Of("d")], 1, Size);
        Assert.Equal(["a b", "c d", "x y"], split.Select(message => string.Join(' ', message.Select(delivery => delivery.Id))));
    }

    [Fact]
    public void A_backlog_that_is_all_refused_comes_to_an_end()
    {
        var waiting = Enumerable.Range(0, RefusedDigests.Most + (3 * Size)).Select(i => Of($"{i}")).ToList();
        var (delivered, dead, messages, _) = Run(waiting, [.. waiting.Select(delivery => delivery.Id)]);
        Assert.Empty(delivered);
        Assert.Equal(waiting.Count, dead.Count);
        Assert.InRange(messages, 1, 3 * waiting.Count);
    }

    [Fact]
    public void An_hour_after_the_last_refusal_everything_goes_out_as_ever()
    {
        _refused.Halve([Of("a"), Of("b")], Pace, Now);
        Assert.True(_refused.Any(Now.AddMinutes(59)));
        Assert.False(_refused.Any(Now.AddMinutes(61)));
        Assert.Single(_refused.Split([Of("a"), Of("b")], 1, Size));
    }

    // As a worker does it: everything that waits is claimed, split, and sent to somebody who refuses whatever holds poison.
    private (List<string> Delivered, List<string> Dead, int Messages, int Rejected) Run(List<ClaimedDelivery> waiting, HashSet<string> poison)
    {
        var (delivered, dead, messages, rejected) = (new List<string>(), new List<string>(), 0, 0);
        while (waiting.Count > 0)
        {
            var next = new List<ClaimedDelivery>();
            foreach (var message in _refused.Split(waiting, 1, Size))
            {
                messages++;
                var isRefused = message.Any(delivery => poison.Contains(delivery.Id));
                if (isRefused) rejected++;
                if (isRefused && message.Length > 1 && _refused.Halve(message, Pace, Now) is not null)
                {
                    next.AddRange(message);
                    continue;
                }

                (isRefused ? dead : delivered).AddRange(message.Select(delivery => delivery.Id));
                foreach (var delivery in message) _refused.Forget(delivery.Id);
            }

            waiting = next;
        }

        return (delivered, dead, messages, rejected);
    }

    private static ClaimedDelivery Of(string id) => new(id, "chat", DeliveryEvent.Alert, Messages.Alert(id), 0, 0);
}
