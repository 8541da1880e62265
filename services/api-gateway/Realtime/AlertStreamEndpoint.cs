using System.Threading.Channels;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.ApiGateway.Realtime.Topics;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary>
/// <c>GET /api/v1/alerts/stream</c>: alerts as server-sent events. An event's id is <c>epoch-sequence</c>; browsers send
/// the last one back when they reconnect and miss nothing.
/// </summary>
internal sealed class AlertStreamEndpoint(
    AlertResume alerts,
    AlertBell bell,
    Admission admission,
    AccountReader accounts,
    IOptions<RealtimeOptions> options,
    TimeProvider time,
    IHostApplicationLifetime life)
{
    internal static readonly Parameter<string?> Symbol = Parameter.Text("symbol", "`BTCUSDT` on any exchange, or `binance-futures:BTCUSDT`.", 130);
    internal static readonly Parameter<string?> RuleId = Parameter.Text("rule_id", "Of this rule.", 64);

    public async Task HandleAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var filter = new AlertFilter(http.Account(), Symbol: query.Get(Symbol), RuleId: query.Get(RuleId));
        if ((query.Problem ?? admission.Enter(http)) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        var follower = new Follower();
        bell.Join(follower);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        try
        {
            await StreamAsync(http, filter, follower, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // the client left, or we stop and it will come back with its last id
        }
        finally
        {
            bell.Leave(follower);
            admission.Leave();
        }
    }

    private async Task StreamAsync(HttpContext http, AlertFilter filter, Follower follower, CancellationToken stop)
    {
        var lastId = http.Request.Headers["Last-Event-ID"].ToString();
        ResumePoint? resume = AlertEpoch.TryParse(lastId, out var point) ? point : null;
        if (await alerts.StartAsync(filter, resume, stop) is not { } start)
        {
            await Refusal.NotRead().ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
        var output = new EventWriter(http.Response.BodyWriter);
        // An id before the first alert: who reconnects before one came resumes from here.
        await output.HelloAsync(start, comesBack: lastId.Length > 0, stop);
        var found = new List<StreamedAlert>();
        var caller = Caller.Of(http);
        var (interval, saidAt) = (options.Value.HeartbeatInterval, time.GetTimestamp());
        while (await caller.IsStillWelcomeAsync(accounts, time.GetUtcNow(), stop))
        {
            found.Clear();
            var more = start.Cursor.Take(found);
            foreach (var alert in found) output.Write(start.Cursor.Epoch, alert);
            if (found.Count > 0) await output.FlushAsync(stop);
            if (more is null) return; // it lagged so far that alerts have left the ring: it reconnects and resumes from the stream
            // Others' alerts are no news to this client: it would take the line for dead, however busy the market is.
            var isSilent = found.Count == 0 && time.GetElapsedTime(saidAt) >= interval;
            if (isSilent) await output.HeartbeatAsync(start.Cursor, stop);
            if (isSilent || found.Count > 0) saidAt = time.GetTimestamp();
            if (more is false) await follower.NewsAsync(caller.NextLook(Left(interval, saidAt), time.GetUtcNow()), stop);
        }
    }

    private TimeSpan Left(TimeSpan interval, long since) =>
        interval - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private sealed class Follower : IWake
    {
        // DropWrite: one sign that there is something says it all.
        private readonly Channel<bool> _signs = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Wake() => _signs.Writer.TryWrite(true);

        /// <summary>Waits for some, or for so long.</summary>
        public async Task NewsAsync(TimeSpan patience, CancellationToken stop)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
            waiting.CancelAfter(patience);
            try
            {
                await _signs.Reader.ReadAsync(waiting.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // nothing came
            }
        }
    }
}
