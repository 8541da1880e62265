using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace CryptoScreener.Messaging.Connection;

/// <summary>Our settings in the client's words, where its defaults are not ours.</summary>
internal static class BusConnectionOptions
{
    internal static NatsOpts From(MessagingOptions options, ILoggerFactory loggers) => NatsOpts.Default with
    {
        Url = options.Url,
        // Answers under the user's own name: permissions then keep one worker from hearing another's.
        InboxPrefix = string.IsNullOrEmpty(options.Username) ? NatsOpts.Default.InboxPrefix : $"_INBOX_{options.Username}",
        Name = $"cryptoscreener-{Environment.MachineName}-{Environment.ProcessId}",
        LoggerFactory = loggers,
        AuthOpts = new NatsAuthOpts { Username = options.Username, Password = options.Password, Token = options.Token },
        TlsOpts = Tls(options),
        MaxReconnectRetry = -1,
        IgnoreAuthErrorAbort = true, // a secret that is being rotated must not end the connection for ever
        ReconnectWaitMin = TimeSpan.FromMilliseconds(100),
        ReconnectWaitMax = TimeSpan.FromSeconds(2),
        ReconnectJitter = TimeSpan.FromMilliseconds(100),
        RequestTimeout = TimeSpan.FromSeconds(5),
        PingInterval = TimeSpan.FromSeconds(10), // a half-open connection is noticed within three of these

        // Live candles and frames are superseded by the next one: when a reader lags, the newest is worth most.
        SubPendingChannelFullMode = BoundedChannelFullMode.DropOldest,
    };

    private static NatsTlsOpts Tls(MessagingOptions options) => string.IsNullOrEmpty(options.CaFile) && string.IsNullOrEmpty(options.CertFile)
        ? NatsTlsOpts.Default
        : new NatsTlsOpts
        {
            CaFile = NullIfEmpty(options.CaFile),
            CertFile = NullIfEmpty(options.CertFile),
            KeyFile = NullIfEmpty(options.KeyFile),
            Mode = TlsMode.Require,
        };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
