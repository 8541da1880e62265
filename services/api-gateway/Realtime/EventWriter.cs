using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary>The text of server-sent events.</summary>
internal sealed class EventWriter(PipeWriter output)
{
    /// <summary>An event without data changes the client's last id and nothing else; who comes back to a gap hears of it as an event.</summary>
    public async ValueTask HelloAsync(AlertStart start, bool comesBack, CancellationToken stop)
    {
        Text($": recovered {(start.Recovered ? "true" : "false")}\nretry: 2000\nid: {AlertEpoch.Text(start.Cursor.Epoch, start.From)}\n");
        if (comesBack && !start.Recovered) output.Write("event: reset\ndata: {\"recovered\":false}\n"u8);
        output.Write("\n"u8);
        await FlushAsync(stop);
    }

    public void Write(long epoch, StreamedAlert alert)
    {
        Text($"id: {AlertEpoch.Text(epoch, alert.Sequence)}\nevent: alert\ndata: ");
        output.Write(alert.Json.Span); // JSON of ours is one line
        output.Write("\n\n"u8);
    }

    /// <summary>With the place, which moves on with others' alerts: one of old would be forgotten by the time it is resumed from.</summary>
    public async ValueTask HeartbeatAsync(AlertCursor cursor, CancellationToken stop)
    {
        Text($": nothing new\nid: {AlertEpoch.Text(cursor.Epoch, cursor.Sequence)}\n\n");
        await FlushAsync(stop);
    }

    public ValueTask<FlushResult> FlushAsync(CancellationToken stop) => output.FlushAsync(stop);

    private void Text(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(System.Globalization.CultureInfo.InvariantCulture), output);
}
