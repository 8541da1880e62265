using Microsoft.Extensions.Logging;
using Npgsql;

namespace CryptoScreener.Storage.Connections;

internal static class DataSource
{
    private const int ConnectTimeoutSeconds = 5; // a server that is away must show before a lease runs out
    private const int KeepAliveSeconds = 15;
    // PostgreSQL compiles what it thinks dear, which of our short queries costs up to a hundred times their work, and 65 MB a connection.
    private const string WithoutCompiler = "-c jit=off";
    private const int IdleLifetimeSeconds = 60; // a burst's connections go again: each is a process of the server with megabytes of its own

    internal static NpgsqlDataSource Create(StorageOptions options, ILoggerFactory loggers)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = AppDomain.CurrentDomain.FriendlyName,
            CommandTimeout = options.CommandTimeoutSeconds,
            ConnectionIdleLifetime = IdleLifetimeSeconds,
            Enlist = false,
            GssEncryptionMode = GssEncryptionMode.Disable, // slim images have no libgssapi, and the attempt logs an error
            KeepAlive = KeepAliveSeconds,
            MaxPoolSize = options.MaxPoolSize,
            Timeout = ConnectTimeoutSeconds,
        };
        connection.Options = $"{WithoutCompiler} {connection.Options}".TrimEnd(); // of two, the operator's is the later one and counts
        return new NpgsqlDataSourceBuilder(connection.ConnectionString).UseLoggerFactory(loggers).Build();
    }
}
