using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.DataCollector;

internal static partial class CollectorLog
{
    [LoggerMessage(4001, LogLevel.Information, "{Exchange}: following {Instruments} instruments of {Partitions} partitions")]
    internal static partial void Following(ILogger logger, string exchange, int instruments, int partitions);

    [LoggerMessage(4002, LogLevel.Warning, "{Exchange}: not reachable ({Reason}); trying again in {Seconds} s")]
    internal static partial void NotReachable(ILogger logger, string exchange, string reason, double seconds);

    [LoggerMessage(4003, LogLevel.Information, "{Exchange}: {Count} instruments match the configuration")]
    internal static partial void Selected(ILogger logger, string exchange, int count);

    [LoggerMessage(4004, LogLevel.Information, "{Instrument}: followed from now on")]
    internal static partial void Joined(ILogger logger, InstrumentId instrument);

    [LoggerMessage(4005, LogLevel.Information, "{Instrument}: not followed any more, because {Reason}")]
    internal static partial void Left(ILogger logger, InstrumentId instrument, string reason);

    [LoggerMessage(4006, LogLevel.Warning, "{Exchange}: its list lacks {Missing} of the {Followed} instruments we follow; that is taken for a mistake of its, and the list is read again later")]
    internal static partial void ListDoubted(ILogger logger, string exchange, int missing, int followed);

    [LoggerMessage(4007, LogLevel.Warning, "{Exchange}: its list of instruments could not be read again ({Reason}); trying again later")]
    internal static partial void ListFailed(ILogger logger, string exchange, string reason);

    [LoggerMessage(4008, LogLevel.Warning, "{Exchange}: {Rows} rows of its list of instruments make no sense; the instruments in them are not followed, the others are")]
    internal static partial void RowsUnreadable(ILogger logger, string exchange, int rows);

    [LoggerMessage(4010, LogLevel.Information, "{Exchange}: socket {Socket} open, {Instruments} instruments subscribed")]
    internal static partial void SocketOpened(ILogger logger, string exchange, int socket, int instruments);

    [LoggerMessage(4011, LogLevel.Warning, "{Exchange}: socket {Socket} lost ({Reason}); opening it again in {Seconds} s")]
    internal static partial void SocketLost(ILogger logger, string exchange, int socket, string reason, double seconds);

    [LoggerMessage(4012, LogLevel.Warning, "{Exchange}: a frame was refused as {Kind}: {Frame}. Further ones of this socket are counted, not logged")]
    internal static partial void FrameRefused(ILogger logger, string exchange, string kind, string frame);

    [LoggerMessage(4013, LogLevel.Information, "{Exchange}: socket {Socket} replaced by a new connection")]
    internal static partial void Rotated(ILogger logger, string exchange, int socket);

    [LoggerMessage(4014, LogLevel.Warning, "{Exchange}: socket {Socket} should be replaced, but a new connection could not be opened; the old one stays")]
    internal static partial void RotationFailed(ILogger logger, string exchange, int socket);

    [LoggerMessage(4015, LogLevel.Warning, "{Instrument}: its stream is silent while it trades: {Action}")]
    internal static partial void Stalled(ILogger logger, InstrumentId instrument, string action);

    [LoggerMessage(4020, LogLevel.Debug, "{Instrument}: candle rejected: {Reason}")]
    internal static partial void CandleRejected(ILogger logger, InstrumentId instrument, string reason);

    [LoggerMessage(4021, LogLevel.Warning, "{Exchange} partition {Partition}: minute {Minute:o} ends without {Missing} of its instruments; they are being repaired")]
    internal static partial void MinuteIncomplete(ILogger logger, string exchange, int partition, DateTime minute, int missing);

    [LoggerMessage(4030, LogLevel.Information, "{Exchange} partition {Partition}: history of {Instruments} instruments loaded, live")]
    internal static partial void PartitionWarm(ILogger logger, string exchange, int partition, int instruments);

    [LoggerMessage(4031, LogLevel.Warning, "{Of}: history could not be loaded ({Reason}); trying again")]
    internal static partial void BackfillFailed(ILogger logger, string of, string reason);

    [LoggerMessage(4032, LogLevel.Warning, "{Instrument}: looking up its candles failed ({Reason}); trying again")]
    internal static partial void LookUpFailed(ILogger logger, InstrumentId instrument, string reason);

    [LoggerMessage(4033, LogLevel.Information, "{Instrument}: gap {From:o} to {Through:o} repaired")]
    internal static partial void GapRepaired(ILogger logger, InstrumentId instrument, DateTime from, DateTime through);

    [LoggerMessage(4035, LogLevel.Warning, "{Instrument}: gap {From:o} to {Through:o} abandoned: the exchange does not have these minutes")]
    internal static partial void GapAbandoned(ILogger logger, InstrumentId instrument, DateTime from, DateTime through);

    [LoggerMessage(4036, LogLevel.Information, "{Instrument}: the audit mended {Candles} stored candles from {From:o} on")]
    internal static partial void Mended(ILogger logger, InstrumentId instrument, int candles, DateTime from);

    [LoggerMessage(4039, LogLevel.Information, "{Instrument}: the audit mended {Bars} stored bars of {Timeframe} from {From:o} on")]
    internal static partial void BarsMended(ILogger logger, InstrumentId instrument, int bars, Timeframe timeframe, DateTime from);

    [LoggerMessage(4037, LogLevel.Information, "{Exchange}: long history of {Done} of {Instruments} instruments is loaded, {Stored} candles stored; about {SecondsLeft} s to go")]
    internal static partial void HistoryProgress(ILogger logger, string exchange, int done, int instruments, long stored, double? secondsLeft);

    [LoggerMessage(4038, LogLevel.Information, "{Exchange}: long history of all {Instruments} instruments is loaded, {Stored} candles stored since the start")]
    internal static partial void HistoryComplete(ILogger logger, string exchange, int instruments, long stored);

    [LoggerMessage(4034, LogLevel.Information, "{Instrument}: {Minute:o} corrected after the audit")]
    internal static partial void Corrected(ILogger logger, InstrumentId instrument, DateTime minute);
}
