using System.Threading.Channels;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Hosting.Lifecycle;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Looks up over REST what a stream did not bring, and lets it pass the gate as if it had come in time.</summary>
internal sealed class HoleFiller(IExchange exchange, ExchangeLane lane, TimeProvider time, ILogger<HoleFiller> logger)
{
    // At a distance of 200 ms they look up 800 instruments within a few seconds of a minute's end; the weight budget bounds them.
    private const int Workers = 32;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // One request per instrument at a time, so more instruments than this would be needed to fill it. Refused when full:
    // the minute's end asks again.
    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(
        new BoundedChannelOptions(8192) { FullMode = BoundedChannelFullMode.Wait });

    private readonly record struct Request(FollowedInstrument Instrument, long From);

    /// <summary>Call on the lane.</summary>
    public void Ask(FollowedInstrument instrument)
    {
        if (instrument.IsRepairing || !instrument.Gate.IsWarm) return;
        instrument.IsRepairing = _requests.Writer.TryWrite(new Request(instrument, FirstUntold(instrument.Gate)));
    }

    public Task RunAsync(CancellationToken stop) => Together.RunAsync(stop, [.. Enumerable.Repeat<Func<CancellationToken, Task>>(WorkAsync, Workers)]);

    private async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var request in _requests.Reader.ReadAllAsync(stop))
        {
            IReadOnlyList<Candle> found = [];
            try
            {
                // The forming candle is asked for too: only a row behind a minute proves that the minute is final.
                found = await exchange.CandlesAsync(
                    request.Instrument.Id.Symbol, Timeframe.OneMinute, request.From, lane.Clock.Now + Timeframe.MinuteMs, stop);
            }
            catch (Exception e) when (RestFailure.Is(e, stop))
            {
                CollectorLog.LookUpFailed(logger, request.Instrument.Id, e.Message);
                await Task.Delay(RetryPause, time, stop);
            }

            await lane.PostAsync(() => Settle(request, found), stop);
        }
    }

    private void Settle(Request request, IReadOnlyList<Candle> found)
    {
        var instrument = request.Instrument;
        instrument.IsRepairing = false;
        if (found.Count == 0) return;
        var rows = new Queue<Candle>(found);
        var end = Math.Min(found[^1].OpenTime, Timeframe.OneMinute.OpenOf(lane.Clock.Now)); // whatever rows say, what is not over is not closed
        var price = instrument.Gate.LastClose;
        // Also what was given up meanwhile, as long as nothing behind it has left: then rules would pass it over.
        for (var minute = Math.Max(request.From, instrument.Gate.NextUntold); minute < end; minute += Timeframe.MinuteMs)
        {
            while (rows.Peek().OpenTime < minute) rows.Dequeue();
            var known = rows.Peek().OpenTime == minute;
            var candle = known ? rows.Peek() : Candle.Flat(minute, price);
            if (!instrument.Gate.Settle(candle)) return;
            lane.Publish(instrument, candle, known ? ProvenMinutes.SourceOf(candle) : CandleSource.Synthetic);
            price = candle.Close;
        }
    }

    /// <summary>What was given up before the live span has become history: <see cref="GapRepair"/> has it.</summary>
    private static long FirstUntold(CandleGate gate) => Math.Max(gate.NextUntold, gate.LastClosed + Timeframe.MinuteMs - LiveSpan.Milliseconds);
}
