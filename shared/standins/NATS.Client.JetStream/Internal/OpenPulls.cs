namespace NATS.Client.JetStream.Internal;

/// <summary>
/// The pulls that may still be answered, oldest first. nats-server 2.9.10 drops a pull without a word when a message comes just as it
/// expires, so one that has not been heard of for longer than it lives is over as well. Of one that was filled nobody says so: it stays.
/// </summary>
internal sealed class OpenPulls(TimeSpan lifetime, TimeProvider clock)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private readonly LinkedList<Pull> _pulls = new();
    private long _last;

    /// <summary>All that these pulls can bring. What is still to come is this much at most, whatever was counted.</summary>
    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>When to look for one that is over; null without any.</summary>
    public TimeSpan? NextEnd => _pulls.First is { } oldest ? Later(lifetime - clock.GetElapsedTime(oldest.Value.Sent)) : null;

    /// <summary>Gives the number the server's answers will name it by.</summary>
    public long Add(long messages, long bytes)
    {
        _pulls.AddLast(new Pull(++_last, messages, bytes, clock.GetTimestamp()));
        Messages += messages;
        Bytes += bytes;
        return _last;
    }

    /// <summary>False when it was over before.</summary>
    public bool End(long number)
    {
        for (var pull = _pulls.First; pull is not null; pull = pull.Next)
        {
            if (pull.Value.Number != number)
                continue;
            Remove(pull);
            return true;
        }

        return false;
    }

    public void EndOverdue()
    {
        while (_pulls.First is { } oldest && clock.GetElapsedTime(oldest.Value.Sent) >= lifetime)
            Remove(oldest);
    }

    public void Clear()
    {
        _pulls.Clear();
        (Messages, Bytes) = (0, 0);
    }

    private void Remove(LinkedListNode<Pull> pull)
    {
        Messages -= pull.Value.Messages;
        Bytes -= pull.Value.Bytes;
        _pulls.Remove(pull);
    }

    // Never at once, or thousands that were filled would wake us one by one.
    private static TimeSpan Later(TimeSpan left) => left > ShortestWait ? left : ShortestWait;

    private readonly record struct Pull(long Number, long Messages, long Bytes, long Sent);
}
