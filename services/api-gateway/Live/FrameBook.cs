using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>The latest frame of every instrument; read by requests, written by the listeners.</summary>
internal sealed class FrameBook
{
    private const long KeptMs = 24 * 60 * Timeframe.MinuteMs; // as the stream METRICS keeps frames

    private readonly ConcurrentDictionary<InstrumentId, FrameSlot> _byInstrument = new();
    private readonly Lock _changing = new();
    private FrameSlot[] _slots = [];
    private volatile int _count;
    private long _newestMinute;

    /// <summary>All but those of instruments that are no longer told of: whoever starts now finds none of them in the stream either.</summary>
    public IEnumerable<LatestFrame> All
    {
        get
        {
            for (var i = 0; i < Count; i++)
                if (this[i] is var frame && !IsForgotten(frame)) yield return frame;
        }
    }

    /// <summary>Delisted, or let go: a quiet instrument has a frame each minute, and those of an exchange that is away stay for a day.</summary>
    public bool IsForgotten(LatestFrame frame) => frame.Header.Minute < Volatile.Read(ref _newestMinute) - KeptMs;

    /// <summary>How many instruments there are; each keeps its number for ever.</summary>
    public int Count => _count;

    public LatestFrame this[int number] => Volatile.Read(ref _slots)[number].Latest;

    public LatestFrame? Find(InstrumentId instrument) => _byInstrument.TryGetValue(instrument, out var slot) ? slot.Latest : null;

    public void Offer(LatestFrame frame)
    {
        if (!_byInstrument.TryGetValue(frame.Instrument, out var slot)) slot = Add(frame);
        slot.Offer(frame);
        NoteMinute(frame.PlausibleMinute);
    }

    private void NoteMinute(long minute)
    {
        if (minute <= Volatile.Read(ref _newestMinute)) return;
        lock (_changing) Volatile.Write(ref _newestMinute, Math.Max(minute, _newestMinute)); // once a minute
    }

    private FrameSlot Add(LatestFrame frame)
    {
        lock (_changing)
        {
            if (_byInstrument.TryGetValue(frame.Instrument, out var there)) return there;
            var slot = new FrameSlot(frame);
            var slots = _slots;
            if (_count == slots.Length) Array.Resize(ref slots, Math.Max(64, 2 * slots.Length));
            slots[_count] = slot;
            Volatile.Write(ref _slots, slots);
            _count++; // last: whoever reads the count finds the slot
            _byInstrument[frame.Instrument] = slot;
            return slot;
        }
    }

    private sealed class FrameSlot(LatestFrame first)
    {
        private LatestFrame _latest = first;

        internal LatestFrame Latest => Volatile.Read(ref _latest);

        internal void Offer(LatestFrame frame)
        {
            for (var latest = Latest; frame.IsNewerThan(latest);)
            {
                var found = Interlocked.CompareExchange(ref _latest, frame, latest);
                if (ReferenceEquals(found, latest)) return;
                latest = found;
            }
        }
    }
}
