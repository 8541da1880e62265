using Npgsql;

namespace CryptoScreener.Storage.Connections;

/// <summary>What the database runs on, as it says itself.</summary>
/// <param name="TimescaleDb">The version of the extension in this database; null without it.</param>
/// <param name="License">Which features TimescaleDB may use: <c>apache</c> or <c>timescale</c>.</param>
internal sealed record DatabaseServer(string PostgreSql, string? TimescaleDb, string? License)
{
    /// <summary>Has what only TimescaleDB's Community edition has.</summary>
    internal bool IsCommunity => TimescaleDb is not null && License == "timescale";

    internal static async Task<DatabaseServer> AskAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        // The server's version is followed by the packager's: "17.6 (Debian 17.6-0+deb13u1)".
        await using var command = connection.Sql("""
            SELECT split_part(current_setting('server_version'), ' ', 1),
                   (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'),
                   current_setting('timescaledb.license', true)
            """);
        var answer = await command.ToListAsync(row => new DatabaseServer(row.GetString(0), row.GetText(1), row.GetText(2)), stop);
        return answer[0];
    }

    public override string ToString() => TimescaleDb is null
        ? $"PostgreSQL {PostgreSql}"
        : $"PostgreSQL {PostgreSql} with TimescaleDB {TimescaleDb} ({(IsCommunity ? "Community" : "Apache")})";
}
