using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>The newest two bars of one instrument: the forming one as it moves, and each as it closes.</summary>
internal sealed class CandleTopic(string id, InstrumentId instrument, Timeframe timeframe, CandleBook live, ReadMinutes history) : Topic(id)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly MinuteBars _bars = new(timeframe);
    private readonly CancellationTokenSource _closing = new();
    private NewestCandles? _seen;
    private Task _loaded = Task.CompletedTask; // the first time: whoever comes later finds the topic ready, whatever a reload does
    private Task _reloaded = Task.CompletedTask;
    private readonly SortedSet<long> _corrected = [];
    private long _reloadedAt;
    private DateTimeOffset _retryAt;

    public override Task ReadyAsync(CancellationToken stop) => _loaded.WaitAsync(stop);

    public override void Close() => _closing.Cancel();

    protected override void Start()
    {
        Take(live.Find(instrument));
        // A longer bar is made of minutes before our time; the newest minute alone needs no history.
        _loaded = timeframe == Timeframe.OneMinute ? Task.CompletedTask : Task.Run(() => LoadAsync(isFirst: true));
    }

    protected override void WriteUpdates()
    {
        WriteCorrections();
        WriteNews();
        ReloadOverHole();
    }

    protected override void WriteSnapshot(TopicWriter writer, Utf8JsonWriter json)
    {
        json.WriteStartArray("candles"u8);
        foreach (var bar in _bars.Newest()) json.WriteCandle(bar);
        json.WriteEndArray();
    }

    private void WriteNews()
    {
        var before = _seen;
        if (live.Find(instrument) is not { } now || ReferenceEquals(now, before)) return;
        Take(now);
        if (now.Closed is { } closed && closed != before?.Closed && timeframe.OpenOf(closed.OpenTime + Timeframe.MinuteMs) != timeframe.OpenOf(closed.OpenTime))
            WriteUpdate(closed.OpenTime, isClosed: true, now.ReceivedAt);
        else if (now.Forming is null && now.Closed is { } minute) WriteUpdate(minute.OpenTime, isClosed: false, now.ReceivedAt);
        if (now.Forming is { } forming) WriteUpdate(forming.OpenTime, isClosed: false, now.ReceivedAt);
    }

    /// <summary>Once after each close, but not before the last look has come back: at a later beat then, without waiting for another close.</summary>
    private void ReloadOverHole()
    {
        if (!_bars.HasHole || !_loaded.IsCompleted || !_reloaded.IsCompleted || _seen?.Closed?.OpenTime is not { } last || last == _reloadedAt) return;
        if (Clock.Time.GetUtcNow() < _retryAt) return;
        _reloadedAt = last;
        _reloaded = Task.Run(ReloadAsync);
    }

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync(isFirst: false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            lock (Clock.Gate) (_reloadedAt, _retryAt) = (0, Clock.Time.GetUtcNow() + RetryInterval);
        }
    }

    private void Take(NewestCandles? candles)
    {
        _seen = candles;
        if (candles?.Closed is { } closed) _bars.Put(closed);
        if (candles?.Forming is { } forming) _bars.Put(forming);
    }

    private async Task LoadAsync(bool isFirst)
    {
        var (now, newest) = (Clock.Time.GetUtcNow().ToUnixTimeMilliseconds(), NewestMinute());
        var minutes = await history(instrument, MinuteBars.FirstMinute(timeframe, newest ?? now), now, _closing.Token);
        lock (Clock.Gate)
        {
            var told = isFirst ? [] : _bars.Newest().ToList();
            foreach (var minute in minutes) _bars.Put(minute);
            Take(live.Find(instrument)); // newer than what was stored
            foreach (var bar in told)
                if (_bars.BarOf(bar.OpenTime) is { } known && known != bar) _corrected.Add(bar.OpenTime);
        }
    }

    private long? NewestMinute()
    {
        lock (Clock.Gate) return _bars.Last;
    }

    // What was missing when the bars were told, and has been filled since.
    private void WriteCorrections()
    {
        foreach (var open in _corrected) WriteUpdate(open, IsOver(open), receivedAt: 0);
        _corrected.Clear();
    }

    private bool IsOver(long open) =>
        (_bars.Last is { } last && timeframe.OpenOf(last) > open) || (_seen?.Closed is { } closed && closed.OpenTime + Timeframe.MinuteMs >= open + timeframe.Milliseconds);

    private void WriteUpdate(long minute, bool isClosed, long receivedAt)
    {
        if (_bars.BarOf(minute) is not { } bar) return;
        var json = BeginUpdate();
        json.WritePropertyName("candle"u8);
        json.WriteCandle(bar);
        json.WriteBoolean("closed"u8, isClosed);
        Clock.Writer.Born(receivedAt);
        EndUpdate();
    }
}
