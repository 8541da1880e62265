using System.Net.Sockets;
using Npgsql;

namespace CryptoScreener.Storage.Connections;

/// <summary>What kind of trouble an exception is.</summary>
public static class DatabaseErrors
{
    /// <summary>The server is away, starting, stopping or overloaded: the same call may succeed later, unchanged.</summary>
    public static bool IsUnavailable(Exception error) => error switch
    {
        PostgresException e => e.IsTransient || e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        ObjectDisposedException => false,
        { InnerException: { } cause } => IsUnavailable(cause),
        _ => false,
    };

    /// <summary>A text holds what PostgreSQL cannot store, such as U+0000 or half a surrogate pair in JSON: whoever sent it must change it.</summary>
    public static bool IsUnstorableText(Exception error) => error is PostgresException
    {
        SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.InvalidTextRepresentation,
    };

    /// <summary>The network told Npgsql what no server says, which it reports as a bug of its own.</summary>
    internal static bool IsNonsense(Exception error) => error is InvalidOperationException { Source: "Npgsql" } && error.Message.StartsWith("Internal Npgsql bug", StringComparison.Ordinal);

    internal static string KindOf(Exception error) => error switch
    {
        _ when IsUnavailable(error) => "unavailable",
        OperationCanceledException => "cancelled",
        PostgresException => "rejected",
        _ => "other",
    };

    /// <summary>After this every idle connection of the pool is as broken as the one that failed.</summary>
    internal static bool BreaksConnections(Exception error) => error is NpgsqlException and not PostgresException
        || error is PostgresException
        {
            SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        };
}
