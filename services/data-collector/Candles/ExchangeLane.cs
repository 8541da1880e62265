using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lanes;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>A candle from a socket and when it was read; or one that was looked up to be shown.</summary>
internal readonly record struct ReceivedKline(Kline Kline, long ReceivedAt, bool IsLookedUp = false);

/// <summary>The one writer of all candle state of one exchange: sockets, look-ups and the minute's end all pass here, in turn.</summary>
internal sealed class ExchangeLane : ILaneWork<ReceivedKline>
{
    // Several seconds of the busiest minute boundary. When the lane lags the sockets are read more slowly, and an exchange
    // that cuts us for it leaves a hole that is repaired; a dropped closing frame would be a silent one.
    private const int Capacity = 32_768;

    private readonly Lane<ReceivedKline> _lane;
    private readonly CandlePublisher _publisher;
    private readonly FeedStatusReporter _status;
    private readonly CandleMetrics _metrics;
    private readonly StageLatency _stages;
    private readonly ILogger _logger;
    private readonly Lock _muting = new();
    private volatile long[] _mutedThrough = []; // the newest epoch that is not ours any more, by partition

    public ExchangeLane(
        ExchangeClock clock,
        CandlePublisher publisher,
        FeedStatusReporter status,
        CandleMetrics metrics,
        StageLatency stages,
        TimeProvider time,
        ILogger<ExchangeLane> logger)
    {
        Clock = clock;
        _lane = new Lane<ReceivedKline>(Capacity, time);
        _publisher = publisher;
        _status = status;
        _metrics = metrics;
        _stages = stages;
        _logger = logger;
    }

    public ExchangeClock Clock { get; }

    /// <summary>A hole before a candle, to be looked up. Raised on the lane.</summary>
    public Action<FollowedInstrument>? HoleFound { get; set; }

    /// <summary>What we said of a minute may be wrong: closed by its successor only, or (true) closed twice with other numbers. Raised on the lane.</summary>
    public Action<FollowedInstrument, Candle, bool>? Doubtful { get; set; }

    /// <summary>A closed candle could not be handed over: the buffer towards the bus is full. Raised on the lane.</summary>
    public Action<FollowedInstrument, long>? Lost { get; set; }

    public ValueTask OfferAsync(in Kline kline, long receivedAt, CancellationToken stop) =>
        _lane.PutAsync(new ReceivedKline(kline, receivedAt), stop);

    /// <summary>Shows a forming candle that was looked up because no socket tells any. Streams count as silent all the same.</summary>
    public ValueTask ShowAsync(FollowedInstrument instrument, in Candle forming, CancellationToken stop) =>
        _lane.PutAsync(new ReceivedKline(new Kline(instrument, forming, false, Clock.Now), 0, IsLookedUp: true), stop);

    /// <summary>From now on nothing of this lease is published, whatever of it is still on its way.</summary>
    public void Mute(int partition, long epoch)
    {
        lock (_muting)
        {
            var muted = new long[Math.Max(_mutedThrough.Length, partition + 1)];
            _mutedThrough.CopyTo(muted, 0);
            muted[partition] = Math.Max(muted[partition], epoch);
            _mutedThrough = muted;
        }
    }

    public bool IsMuted(int partition, long epoch)
    {
        var muted = _mutedThrough;
        return partition < muted.Length && epoch <= muted[partition];
    }

    /// <summary>Nobody listened to these for a while. Call before anybody listens again, or as soon as it is known.</summary>
    public ValueTask InterruptAsync(IReadOnlyList<FollowedInstrument> instruments, CancellationToken stop) => _lane.PostAsync(
        () =>
        {
            foreach (var instrument in instruments) instrument.Gate.Interrupt();
        },
        stop);

    /// <summary>Runs something on the lane.</summary>
    public ValueTask PostAsync(Action command, CancellationToken stop) => _lane.PostAsync(command, stop);

    public Task<T> AskAsync<T>(Func<T> question, CancellationToken stop) => _lane.AskAsync(question, stop);

    public Task RunAsync(Heartbeat heart, CancellationToken stop) => _lane.RunAsync(this, stop, heart);

    /// <summary>
    /// Publishes a closed candle that was looked up. Call on the lane only. False when the buffer was full and the candle is a gap,
    /// and when it is another collector's to publish.
    /// </summary>
    public bool Publish(FollowedInstrument instrument, in Candle candle, CandleSource source, long receivedAt = 0)
    {
        if (IsMuted(instrument.Partition, instrument.Epoch)) return false;
        var eventTime = candle.OpenTime + Timeframe.MinuteMs;
        if (_publisher.TryClose(instrument, candle, source, eventTime, receivedAt)) return true;
        Lost?.Invoke(instrument, candle.OpenTime);
        return false;
    }

    public ValueTask HandleAsync(ReceivedKline item, CancellationToken stop)
    {
        var (kline, receivedAt, isLookedUp) = item;
        if (isLookedUp) return ShowAsync(in kline, stop);
        _metrics.Received(kline.Instrument.Id.Exchange);
        _status.Heard();
        _stages.Record(Stage.Received, kline.EventTime, receivedAt);
        Clock.Observe(in kline);
        var instrument = kline.Instrument;
        if (IsMuted(instrument.Partition, instrument.Epoch)) return ValueTask.CompletedTask;
        var verdict = instrument.Gate.Offer(kline.Candle, kline.IsClosed, Clock.Now);
        if (verdict.Predecessor is { } predecessor)
        {
            Publish(instrument, predecessor, CandleSource.Successor, receivedAt);
            Doubtful?.Invoke(instrument, predecessor, false);
        }

        switch (verdict.Action)
        {
            case GateAction.Live:
                return _publisher.LiveAsync(instrument, kline.Candle, kline.EventTime, receivedAt, stop);
            case GateAction.Close or GateAction.Doubt:
                if (verdict.Action == GateAction.Doubt) Doubtful?.Invoke(instrument, kline.Candle, true);
                if (!_publisher.TryClose(instrument, kline.Candle, CandleSource.Exchange, kline.EventTime, receivedAt))
                    Lost?.Invoke(instrument, kline.Candle.OpenTime);
                break;
            case GateAction.Hole:
                HoleFound?.Invoke(instrument);
                break;
            case GateAction.Reject:
                _metrics.Rejected(instrument.Id.Exchange);
                CollectorLog.CandleRejected(_logger, instrument.Id, verdict.Reason!);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>It closes nothing: what it follows was seen some time before its end.</summary>
    private ValueTask ShowAsync(in Kline kline, CancellationToken stop)
    {
        var gate = kline.Instrument.Gate;
        if (IsMuted(kline.Instrument.Partition, kline.Instrument.Epoch)) return ValueTask.CompletedTask;
        if (!gate.IsWarm || kline.Candle.OpenTime != gate.LastClosed + Timeframe.MinuteMs) return ValueTask.CompletedTask;
        var verdict = gate.Offer(kline.Candle, isClosed: false, Clock.Now);
        gate.Interrupt();
        return verdict.Action == GateAction.Live
            ? _publisher.LiveAsync(kline.Instrument, kline.Candle, kline.EventTime, kline.EventTime, stop)
            : ValueTask.CompletedTask;
    }
}
