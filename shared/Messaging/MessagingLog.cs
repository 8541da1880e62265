using Microsoft.Extensions.Logging;

namespace CryptoScreener.Messaging;

internal static partial class MessagingLog
{
    [LoggerMessage(2001, LogLevel.Information, "Bus connected: {Server}, version {Version}")]
    internal static partial void Connected(ILogger logger, string server, string version);

    [LoggerMessage(2002, LogLevel.Warning,
        "Bus connection to {Url} lost; trying until it is back. Is nats-server running there, and the network up? Stored messages wait in a bounded buffer meanwhile")]
    internal static partial void Lost(ILogger logger, string url);

    [LoggerMessage(2003, LogLevel.Warning,
        "Bus not reachable at {Url}: {Reason}; trying every second. Is nats-server with JetStream running there, and does it know this user, token or certificate?")]
    internal static partial void NotReachable(ILogger logger, string url, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "Bus still not reachable at {Url}; trying until it is back")]
    internal static partial void StillAway(ILogger logger, string url);

    [LoggerMessage(2004, LogLevel.Information, "Bus is back after {Lasted}: {Server}, version {Version}")]
    internal static partial void Back(ILogger logger, string server, string version, TimeSpan lasted);

    [LoggerMessage(2010, LogLevel.Information, "Stream {Stream} declared: {Subjects}")]
    internal static partial void StreamDeclared(ILogger logger, string stream, string subjects);

    [LoggerMessage(2011, LogLevel.Warning, "Stream {Stream}: the server answered {Setting} = {Actual} where {Wanted} was asked; it may be too old or its limits too low")]
    internal static partial void StreamDiffers(ILogger logger, string stream, string setting, string actual, string wanted);

    [LoggerMessage(2012, LogLevel.Warning, "Stream {Stream} could not be declared: {Reason}; trying again")]
    internal static partial void StreamNotDeclared(ILogger logger, string stream, string reason);

    [LoggerMessage(2013, LogLevel.Information, "Streams declared again, after {Lasted}")]
    internal static partial void StreamsDeclaredAgain(ILogger logger, TimeSpan lasted);

    [LoggerMessage(2020, LogLevel.Warning, "Publishing to {Subject} failed: {Reason}; it stays queued and is sent again under the same id")]
    internal static partial void PublishRetried(ILogger logger, string subject, string reason);

    [LoggerMessage(2022, LogLevel.Information, "Publishing to {Subject} works again, after {Lasted}")]
    internal static partial void PublishesAgain(ILogger logger, string subject, TimeSpan lasted);

    [LoggerMessage(2021, LogLevel.Error, "The bus refused a message on {Subject} for good: {Reason}; it was dropped")]
    internal static partial void PublishRefused(ILogger logger, string subject, string reason);

    [LoggerMessage(2030, LogLevel.Warning, "Reading {Stream} ({Filter}) was interrupted: {Reason}; continuing after sequence {Sequence}")]
    internal static partial void ReadInterrupted(ILogger logger, string stream, string filter, string reason, ulong sequence);

    [LoggerMessage(2033, LogLevel.Information, "Reading {Stream} ({Filter}) goes on, after {Lasted}")]
    internal static partial void ReadsAgain(ILogger logger, string stream, string filter, TimeSpan lasted);

    [LoggerMessage(2031, LogLevel.Warning, "Stream {Stream} begins at {First} but {Filter} was read through {Sequence} only: what lies between is gone")]
    internal static partial void ReadTruncated(ILogger logger, string stream, string filter, ulong first, ulong sequence);

    [LoggerMessage(2032, LogLevel.Warning, "Stream {Stream} is not the one {Filter} was read from (created {Created:o}); reading it from its beginning")]
    internal static partial void StreamReplaced(ILogger logger, string stream, string filter, DateTime created);

    [LoggerMessage(2040, LogLevel.Error, "Catalogue {Asked:x16} on the bus hashes to {Actual:x16}: its frames cannot be read. Is an older worker running beside a newer calculator?")]
    internal static partial void CatalogueMismatch(ILogger logger, ulong asked, ulong actual);

    [LoggerMessage(2041, LogLevel.Warning, "Catalogue {Hash:x16} could not be fetched ({Reason}); asking again with the next frame")]
    internal static partial void CatalogueNotFetched(ILogger logger, ulong hash, string reason);

    [LoggerMessage(2042, LogLevel.Error, "Catalogue {Hash:x16} is not on the bus: frames that name it are passed over. Is a calculator of that version running?")]
    internal static partial void CatalogueLost(ILogger logger, ulong hash);

    [LoggerMessage(2043, LogLevel.Error, "The worker's report of itself failed; the next is in {Interval}")]
    public static partial void StatusFailed(ILogger logger, TimeSpan interval, Exception error);
}
