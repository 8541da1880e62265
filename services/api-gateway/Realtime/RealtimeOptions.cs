using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary>The section <c>Realtime</c>: what sockets and streams may cost. docs/websocket.md explains each to clients.</summary>
internal sealed class RealtimeOptions
{
    public const string Section = "Realtime";

    /// <summary>How often a state channel tells what changed: 100 is ten times a second.</summary>
    [Range(5, 10_000)]
    public int ConflateMilliseconds { get; set; } = 100;

    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 1_000;

    /// <summary>New sockets and alert streams per address and minute.</summary>
    [Range(1, 1_000_000)]
    public int ConnectsPerMinute { get; set; } = 10;

    [Range(1_024, 16 * 1_024 * 1_024)]
    public int MaxInboundBytes { get; set; } = 64 * 1_024;

    /// <summary>Operations a client may send per second; twice as many at once.</summary>
    [Range(1, 100_000)]
    public int InboundPerSecond { get; set; } = 50;

    [Range(1, 1_000_000)]
    public int OutboundPerSecond { get; set; } = 1_000;

    [Range(1, 10_000)]
    public int MaxSubscriptions { get; set; } = 100;

    /// <summary>Different subscriptions of all sockets together: each costs work on every beat, however many sockets share it.</summary>
    [Range(1, 1_000_000)]
    public int MaxTopics { get; set; } = 1_000;

    /// <summary>Of these, what the sockets of one account may take, or of one address where there is no account: so that none takes all.</summary>
    [Range(1, 1_000_000)]
    public int MaxTopicsPerClient { get; set; } = 250;

    /// <summary>Columns of one subscription.</summary>
    [Range(1, 10_000)]
    public int MaxColumns { get; set; } = 100;

    [Range(1, 10_000)]
    public int MaxScreenerRows { get; set; } = 5_000;

    /// <summary>Messages that cannot be understood before the socket is closed.</summary>
    [Range(1, 10_000)]
    public int MaxBadMessages { get; set; } = 20;

    /// <summary>Alerts that may wait for a client which was up to date before; who is further behind for <see cref="AlertLagPatience"/> is closed and shall resume.</summary>
    [Range(1, 9_000)]
    public int MaxAlertLag { get; set; } = 1_000;

    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan AlertLagPatience { get; set; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one message may take to be accepted by the client's side before the socket is cut.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>When there is nothing for a follower of alerts, how often it is told how far it is: an alert stream always, a socket when that has changed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After a shutdown notice clients shall come back at a random moment within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ReconnectSpread { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Web origins that may connect besides the gateway's own, for instance <c>https://screener.example.org</c>; <c>*</c> for all.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>permessage-deflate for clients that offer it: a third of the bytes for twice the work.</summary>
    public bool Compression { get; set; }
}

[OptionsValidator]
internal sealed partial class RealtimeOptionsValidator : IValidateOptions<RealtimeOptions>;
