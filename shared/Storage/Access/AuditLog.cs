using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Access;

/// <summary>One change: who did what to what. Before and after are JSON, without secrets.</summary>
public sealed record AuditEntry(long Id, long At, string Actor, string Action, string Subject, string? Before, string? After);

/// <summary>Who changed what, for ever; nothing here is ever changed or deleted.</summary>
public sealed class AuditLog
{
    private readonly Database _database;

    internal AuditLog(Database database) => _database = database;

    public Task AddAsync(string actor, string action, string subject, string? before, string? after, CancellationToken stop = default) =>
        _database.RunAsync("add_audit", async connection =>
        {
            await using var command = connection.Sql("INSERT INTO audit (actor, action, subject, before, after) VALUES ($1, $2, $3, $4, $5)")
                .With(actor).With(action).With(subject).With(before, NpgsqlDbType.Jsonb).With(after, NpgsqlDbType.Jsonb);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>Newest first, those before an entry.</summary>
    public Task<List<AuditEntry>> ListAsync(long? before, int limit, CancellationToken stop = default) =>
        _database.RunAsync("list_audit", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT id, at, actor, action, subject, before, after FROM audit WHERE id < $1 ORDER BY id DESC LIMIT $2
                """).With(before ?? long.MaxValue).With(limit);
            return await command.ToListAsync(reader => new AuditEntry(
                reader.GetInt64(0), reader.GetUnixMs(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetText(5), reader.GetText(6)), stop);
        }, stop);
}
