using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>
/// What an exchange does wrong must not get past here: per instrument, closed candles leave in order, each minute once,
/// with no minute missing between them. Pure: the caller fetches, publishes and counts.
/// </summary>
internal sealed class CandleGate
{
    /// <summary>A candle that opens this far after the exchange's own clock is a jump in time.</summary>
    private const long MaxAheadMs = 2 * Timeframe.MinuteMs;

    private Candle _lastClosed;
    private Candle _forming;
    private long _lastTold;

    /// <summary>Open time of the last closed minute; 0 until history is loaded.</summary>
    public long LastClosed => _lastClosed.OpenTime;

    public double LastClose => _lastClosed.Close;

    /// <summary>The first minute that may still leave in order: one that was given up may until one behind it has left.</summary>
    public long NextUntold => _lastTold + Timeframe.MinuteMs;

    /// <summary>The newest candle that came through here, forming or closed.</summary>
    public Candle Told => _forming.OpenTime > _lastClosed.OpenTime ? _forming : _lastClosed;

    public bool IsWarm => LastClosed > 0;

    /// <summary>What is forming may lack its end.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Starts the gate behind a minute whose candle is known.</summary>
    public void StartAfter(in Candle lastKnown) => (_lastClosed, _lastTold) = (lastKnown, lastKnown.OpenTime);

    /// <summary>Nobody listened for a while: a successor proves nothing of what was forming, until its stream tells of it again.</summary>
    public void Interrupt() => IsInterrupted = true;

    public GateVerdict Offer(in Candle candle, bool isClosed, long exchangeNow)
    {
        if (candle.Absurdity() is { } absurdity) return new GateVerdict(GateAction.Reject, Reason: absurdity);
        if (candle.OpenTime % Timeframe.MinuteMs != 0) return new GateVerdict(GateAction.Reject, Reason: "the open time is not a whole minute");
        if (candle.OpenTime > exchangeNow + MaxAheadMs) return new GateVerdict(GateAction.Reject, Reason: "the open time lies in the future");
        if (!IsWarm) return new GateVerdict(GateAction.None);
        if (candle.OpenTime <= LastClosed) return OfferOld(candle, isClosed);

        var next = LastClosed + Timeframe.MinuteMs;
        if (candle.OpenTime == next) return isClosed ? Close(candle) : Form(candle);

        // A later minute has begun. When the minute before it is the one we were forming to its end, this proves it closed.
        if (candle.OpenTime == next + Timeframe.MinuteMs && _forming.OpenTime == next && !IsInterrupted)
        {
            var predecessor = _forming;
            Tell(predecessor);
            return (isClosed ? Close(candle) : Form(candle)) with { Predecessor = predecessor };
        }

        return new GateVerdict(GateAction.Hole);
    }

    /// <summary>Takes a candle that was looked up, if it is the next one, or of a minute that was given up meanwhile.</summary>
    public bool Settle(in Candle candle)
    {
        if (!IsWarm || candle.OpenTime < NextUntold || candle.OpenTime > LastClosed + Timeframe.MinuteMs || candle.Absurdity() is not null) return false;
        Tell(candle);
        return true;
    }

    /// <summary>Gives a minute up: nobody could tell us its candle. The gap is announced by the caller.</summary>
    public void Skip(long minute)
    {
        if (minute == LastClosed + Timeframe.MinuteMs) _lastClosed = Candle.Flat(minute, LastClose);
    }

    private GateVerdict Close(in Candle candle)
    {
        Tell(candle);
        return new GateVerdict(GateAction.Close);
    }

    private GateVerdict Form(in Candle candle)
    {
        // Frames of one minute only grow; one with fewer trades or less volume was overtaken on its way.
        if (candle.OpenTime == _forming.OpenTime && (candle.Trades < _forming.Trades || candle.Volume < _forming.Volume))
            return new GateVerdict(GateAction.None);
        IsInterrupted = false;
        if (candle == _forming) return new GateVerdict(GateAction.None);
        _forming = candle;
        return new GateVerdict(GateAction.Live);
    }

    private GateVerdict OfferOld(in Candle candle, bool isClosed)
    {
        if (!isClosed || candle.OpenTime != LastClosed) return new GateVerdict(GateAction.None);
        if (candle == _lastClosed && _lastTold == LastClosed) return new GateVerdict(GateAction.None); // said before, not only given up
        Tell(candle);
        return new GateVerdict(GateAction.Doubt);
    }

    private void Tell(in Candle candle)
    {
        _lastTold = candle.OpenTime;
        // What was given up behind it stands at the nearest known price, and that is this one's now.
        _lastClosed = candle.OpenTime < LastClosed ? Candle.Flat(LastClosed, candle.Close) : candle;
    }
}
