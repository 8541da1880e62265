using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>One alert as it stands in the stream: parsed for filters, and its bytes for sending on.</summary>
internal sealed record StreamedAlert(ulong Sequence, AlertEvent Event, ReadOnlyMemory<byte> Json);

/// <summary>
/// The newest alerts in memory, in stream order, shared by all who read or follow them. One writer; followers keep a
/// sequence and ask for what comes after it, so nothing is queued per client.
/// </summary>
internal sealed class AlertRing
{
    internal const int Capacity = 10_000;

    // Between the publishing of what came before an alert and that alert's evaluation.
    private const long MostApart = 60_000;

    private readonly Lock _lock = new();
    private readonly StreamedAlert[] _alerts = new StreamedAlert[Capacity];
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _first;
    private int _count;
    private ulong _floor;
    private ulong _last;
    private bool _hasFloor;
    private long _epoch;

    // Event time (unix ms) through which there were alerts that are not here.
    private long _forgottenThrough = long.MaxValue;

    /// <summary>Raised for each new alert after it was added, on the stream reader's task: subscribers only wake somebody.</summary>
    public event Action<StreamedAlert>? Added;

    /// <summary>Complete once everything that the stream held at our start is here.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Which stream (its creation time), what of it is no longer here (up to and with the floor), and how far we have come.</summary>
    public (long Epoch, ulong Floor, ulong Last) Span
    {
        get
        {
            lock (_lock) return (_epoch, _floor, _last);
        }
    }

    /// <summary>A stream is followed from here on: at our start, when it was replaced, or when alerts were lost before we read them.</summary>
    public void Restart(long epoch, ulong floor)
    {
        lock (_lock)
        {
            Array.Clear(_alerts);
            (_first, _count, _epoch, _floor, _last, _hasFloor) = (0, 0, epoch, floor, floor, true);
            _forgottenThrough = floor == 0 ? epoch : long.MaxValue; // what an older stream held is in the database
        }
    }

    public void MarkLoaded() => _loaded.TrySetResult();

    /// <param name="alert">The alert.</param>
    /// <param name="isNews">False for what was there before we started: it is served, not pushed.</param>
    public void Add(StreamedAlert alert, bool isNews)
    {
        lock (_lock)
        {
            if (!_hasFloor) (_floor, _hasFloor) = (alert.Sequence - 1, true);
            if (_forgottenThrough == long.MaxValue) _forgottenThrough = Math.Max(alert.Event.EvaluatedAt, ApiTime.ToUnixMs(alert.Event.Timestamp)) + MostApart;
            if (_count == Capacity)
            {
                _forgottenThrough = Math.Max(_forgottenThrough, ApiTime.ToUnixMs(_alerts[_first].Event.Timestamp));
                _floor = _alerts[_first].Sequence;
                _first = (_first + 1) % Capacity;
                _count--;
            }

            _alerts[(_first + _count) % Capacity] = alert;
            _count++;
            _last = alert.Sequence;
        }

        if (isNews) Added?.Invoke(alert);
    }

    /// <summary>
    /// Those that match, the stream's newest first, and the event time (unix ms) after which none is missing. Both of one moment: what is
    /// pushed out between two looks would be missing from a list that looks whole.
    /// </summary>
    public (List<StreamedAlert> Found, long WholeAfter) Find(Func<AlertEvent, bool> matches)
    {
        var found = new List<StreamedAlert>();
        lock (_lock)
        {
            for (var i = _count - 1; i >= 0; i--)
                if (matches(At(i).Event)) found.Add(At(i));
            return (found, _loaded.Task.IsCompletedSuccessfully ? _forgottenThrough : long.MaxValue);
        }
    }

    /// <summary>Whether nothing after this sequence of this stream is missing here.</summary>
    public bool Covers(long epoch, ulong sequence)
    {
        lock (_lock) return epoch == _epoch && sequence >= _floor;
    }

    /// <summary>Copies the alerts after a sequence, oldest first, as many as there is room for.</summary>
    /// <returns>Their number; −1 when some of them are no longer here.</returns>
    public int After(long epoch, ulong sequence, Span<StreamedAlert> into)
    {
        lock (_lock)
        {
            if (epoch != _epoch || sequence < _floor) return -1;
            var start = IndexAfter(sequence);
            var count = Math.Min(into.Length, _count - start);
            for (var i = 0; i < count; i++) into[i] = At(start + i);
            return count;
        }
    }

    /// <summary>Where an alert stands; null when it is not here, or not for this viewer.</summary>
    public ResumePoint? PlaceOf(string id, Account viewer)
    {
        lock (_lock)
        {
            for (var i = _count - 1; i >= 0; i--)
                if (At(i).Event.Id == id) return viewer.Sees(At(i).Event.Owner) ? new ResumePoint(_epoch, At(i).Sequence) : null;
        }

        return null;
    }

    /// <summary>How many alerts came after a sequence.</summary>
    public int CountAfter(ulong sequence)
    {
        lock (_lock) return _count - IndexAfter(sequence);
    }

    private StreamedAlert At(int index) => _alerts[(_first + index) % Capacity];

    private int IndexAfter(ulong sequence)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Sequence <= sequence) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
