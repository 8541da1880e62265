namespace NATS.Client.JetStream.Internal;

/// <summary>
/// The pulls that may still be answered, oldest first. nats-server 2.9.10 drops a pull without a word when a message comes just
/// as it expires, so one that has not been heard of for longer than it lives is over as well.
/// </summary>
internal sealed class OpenPulls(TimeSpan lifetime, TimeProvider clock)
{
    private readonly LinkedList<Pull> _pulls = new();
    private long _last;

    /// <summary>All that these pulls can bring. What is still to come is this much at most, whatever was counted.</summary>
    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>How long the oldest may still live; null without any.</summary>
    public TimeSpan? Oldest => _pulls.First is { } oldest ? Later(lifetime - clock.GetElapsedTime(oldest.Value.Sent)) : null;

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

    // A timer takes no negative times, and one of zero could come before the clock has moved.
    private static TimeSpan Later(TimeSpan left) => left > TimeSpan.Zero ? left + TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(1);

    private readonly record struct Pull(long Number, long Messages, long Bytes, long Sent);
}
