namespace NATS.Client.JetStream.Internal;

/// <summary>How much a pull asks for, and where to answer; bytes are 0 when messages are what is counted.</summary>
internal readonly record struct PullSize(long Messages, long Bytes, string ReplyTo);

/// <summary>
/// Decides when to pull and how much. What is on the way and what waits for the reader together never exceed the maximum, so a
/// slow reader slows the server down instead of filling memory; a pull that is still answered after its time may bring as much again, once.
/// Every method gives the pull to send now, if any.
/// </summary>
internal sealed class PullWindow(
    long maxMessages, long maxBytes, long thresholdMessages, long thresholdBytes, TimeSpan lifetime, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly OpenPulls _open = new(lifetime, clock);
    private string _inbox = string.Empty;
    private long _requestedMessages;
    private long _requestedBytes;
    private long _waitingMessages;
    private long _waitingBytes;

    /// <summary>Whether the server owes messages, or at least heartbeats.</summary>
    public bool IsExpecting
    {
        get
        {
            lock (_gate)
                return _requestedMessages > 0 && (maxBytes == 0 || _requestedBytes > 0);
        }
    }

    /// <summary>When to look for pulls that are over without having said so; null: there are none.</summary>
    public TimeSpan? NextLook
    {
        get
        {
            lock (_gate)
                return _open.NextEnd;
        }
    }

    /// <param name="isLate">It was asked for before the last restart, so that the pulls since still owe all they did.</param>
    public void Arrived(int size, bool isLate = false)
    {
        lock (_gate)
        {
            if (!isLate)
            {
                _requestedMessages = Math.Max(0, _requestedMessages - 1);
                _requestedBytes = Math.Max(0, _requestedBytes - size);
            }

            _waitingMessages++;
            _waitingBytes += size;
        }
    }

    /// <summary>The reader is done with so much, so there is room for more.</summary>
    public PullSize? Read(int messages, long bytes)
    {
        lock (_gate)
        {
            _waitingMessages -= messages;
            _waitingBytes -= bytes;
            return Refill();
        }
    }

    /// <summary>The server gave up on part of a pull: so much of it will not come.</summary>
    public PullSize? Expired(long pull, long messages, long bytes)
    {
        lock (_gate)
        {
            // Said twice, or after it was taken for lost: counted before.
            if (!_open.End(pull))
                return null;
            _requestedMessages -= messages;
            _requestedBytes -= bytes;
            return RefillWhatCannotCome();
        }
    }

    /// <summary>Pulls that should have ended by now are over, whether the server said so or not.</summary>
    public PullSize? Overdue()
    {
        lock (_gate)
        {
            _open.EndOverdue();
            return RefillWhatCannotCome();
        }
    }

    /// <summary>No pull is open any more: begin anew with what the reader has room for.</summary>
    public PullSize? Restart(string inbox)
    {
        lock (_gate)
        {
            (_requestedMessages, _inbox) = (0, inbox);
            return Refill();
        }
    }

    private PullSize? RefillWhatCannotCome()
    {
        _requestedMessages = Math.Clamp(_requestedMessages, 0, _open.Messages);
        _requestedBytes = Math.Clamp(_requestedBytes, 0, _open.Bytes);
        return Refill();
    }

    private PullSize? Refill()
    {
        // Nobody is told that a pull is filled, but where no message is owed all are, and bytes that they left over will not come.
        if (_requestedMessages == 0)
        {
            _open.Clear();
            _requestedBytes = 0;
        }

        var messages = _requestedMessages + _waitingMessages;
        var bytes = _requestedBytes + _waitingBytes;
        if (maxBytes == 0 ? messages > thresholdMessages : bytes > thresholdBytes)
            return null;
        // A pull for nothing would be answered with one message, or with as many bytes as there are.
        if (messages >= maxMessages || (maxBytes > 0 && bytes >= maxBytes))
            return null;
        (messages, bytes) = (maxMessages - messages, maxBytes == 0 ? 0 : maxBytes - bytes);
        _requestedMessages += messages;
        _requestedBytes += bytes;
        return new PullSize(messages, bytes, PullInbox.Of(_inbox, _open.Add(messages, bytes)));
    }
}
