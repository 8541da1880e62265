namespace CryptoScreener.Storage.Connections;

/// <summary>Unix milliseconds, which the whole program speaks, to and from what PostgreSQL sends: microseconds since 2000.</summary>
internal static class PgTime
{
    private const long UnixMsOf2000 = 946_684_800_000;
    private const long MicrosecondsPerMs = 1_000;

    internal static long FromUnixMs(long unixMs) => (unixMs - UnixMsOf2000) * MicrosecondsPerMs;

    internal static long ToUnixMs(long microseconds) => (microseconds / MicrosecondsPerMs) + UnixMsOf2000;
}
