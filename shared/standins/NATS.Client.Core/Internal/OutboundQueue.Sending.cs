using System.Diagnostics;
using System.Threading.Tasks.Sources;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>The side of the one writer, and of a publisher that sends by itself.</summary>
internal sealed partial class OutboundQueue : IValueTaskSource<WireBuffer?>
{
    private ManualResetValueTaskSourceCore<bool> _wakeUp = new() { RunContinuationsAsynchronously = true };
    private Stream? _stream;
    private Exception? _publisherFailed;
    private bool _writerSleeps;
    private bool _publisherSends;

    public void StartWriter(Stream stream)
    {
        lock (_gate)
            (_stream, _publisherFailed) = (stream, null);
    }

    public void StopWriter()
    {
        bool wake;
        lock (_gate)
        {
            _stream = null;
            wake = _writerSleeps;
            _writerSleeps = false;
        }

        Do(wake ? Then.WakeWriter : Then.Nothing);
    }

    /// <summary>For the writer: the next bytes to send, to be given back; null once it has been stopped.</summary>
    public ValueTask<WireBuffer?> TakeAsync()
    {
        lock (_gate)
        {
            if (_stream is null || _publisherFailed is not null || (_filling.Count > 0 && !_publisherSends))
                return new ValueTask<WireBuffer?>(TakeFilled());
            _wakeUp.Reset();
            _writerSleeps = true;
            return new ValueTask<WireBuffer?>(this, _wakeUp.Version);
        }
    }

    public void GiveBack(WireBuffer sent)
    {
        _meter.Sent(sent.Messages, sent.Count);
        lock (_gate)
        {
            sent.Clear();
            _spare = sent;
        }
    }

    WireBuffer? IValueTaskSource<WireBuffer?>.GetResult(short token)
    {
        lock (_gate)
        {
            _wakeUp.GetResult(token);
            return TakeFilled();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<WireBuffer?>.GetStatus(short token) => _wakeUp.GetStatus(token);

    void IValueTaskSource<WireBuffer?>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wakeUp.OnCompleted(continuation, state, token, flags);

    private WireBuffer? TakeFilled()
    {
        if (_stream is null)
            return null;
        if (_publisherFailed is { } failure)
            throw new IOException("Sending failed", failure);
        var taken = _filling;
        _filling = _spare ?? new WireBuffer(_limit);
        _spare = null;
        _pongWaits = false;
        _taken += taken.Count;
        _lastTaken = Stopwatch.GetTimestamp();
        _roomFreed?.TrySetResult();
        _roomFreed = null;
        return taken;
    }

    private Then Written()
    {
        if (!_writerSleeps || _publisherSends)
            return Then.Nothing;
        if (Stopwatch.GetTimestamp() - _lastTaken >= Quiet)
        {
            _publisherSends = true;
            return Then.SendMyself;
        }

        _writerSleeps = false;
        return Then.WakeWriter;
    }

    // Outside the lock: other publishers go on meanwhile.
    private void Do(Then then)
    {
        if (then == Then.WakeWriter)
            _wakeUp.SetResult(true);
        else if (then == Then.SendMyself)
            SendMyself();
    }

    private void SendMyself()
    {
        Stream? stream;
        WireBuffer? bytes;
        lock (_gate)
        {
            stream = _stream;
            bytes = TakeFilled();
        }

        if (stream is null || bytes is null)
        {
            SentMyself(null, null, null);
            return;
        }

        try
        {
            var sending = stream.WriteAsync(bytes.Memory, CancellationToken.None);
            if (sending.IsCompletedSuccessfully)
                SentMyself(stream, bytes, null);
            else
                _ = FinishAsync(sending, stream, bytes);
        }
        catch (Exception e)
        {
            SentMyself(stream, bytes, e);
        }
    }

    // The socket was full. The publisher need not wait for it, and the writer sleeps until we are done.
    private async Task FinishAsync(ValueTask sending, Stream stream, WireBuffer bytes)
    {
        try
        {
            await sending.ConfigureAwait(false);
            SentMyself(stream, bytes, null);
        }
        catch (Exception e)
        {
            SentMyself(stream, bytes, e);
        }
    }

    private void SentMyself(Stream? stream, WireBuffer? bytes, Exception? failure)
    {
        if (bytes is not null)
            GiveBack(bytes);
        bool wake;
        lock (_gate)
        {
            // The failure is the writer's to report, unless it has already moved on to another connection.
            if (failure is not null && ReferenceEquals(stream, _stream))
                _publisherFailed = failure;
            _publisherSends = false;
            wake = _writerSleeps && (_filling.Count > 0 || _publisherFailed is not null);
            if (wake)
                _writerSleeps = false;
        }

        Do(wake ? Then.WakeWriter : Then.Nothing);
    }
}
