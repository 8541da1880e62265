using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Access;

/// <summary>An earlier request under the same key. Status null: it has not been answered yet.</summary>
/// <param name="Body">Null when the answer is not kept.</param>
public sealed record EarlierRequest(byte[] RequestHash, int? Status, string? Headers, byte[]? Body);

/// <summary>Requests that must happen once, by the key their client gave them.</summary>
public sealed class IdempotencyStore
{
    /// <summary>How long a key stays with whoever took it and does not say that it still works on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Database _database;

    internal IdempotencyStore(Database database) => _database = database;

    /// <summary>Takes the key for this request. What is a day old is forgotten; what has had no answer for a minute died with its gateway.</summary>
    /// <returns>Null when the key is ours now, otherwise who had it before.</returns>
    public Task<EarlierRequest?> BeginAsync(string owner, string key, byte[] requestHash, CancellationToken stop = default) =>
        _database.RunAsync("begin_idempotent", async connection =>
        {
            await using var clean = connection.Sql("""
                DELETE FROM idempotency WHERE created_at < now() - interval '1 day'
                   OR (owner = $1 AND key = $2 AND status IS NULL AND created_at < now() - make_interval(secs => $3))
                """).With(owner).With(key).With(Patience.TotalSeconds);
            await clean.ExecuteNonQueryAsync(stop);
            await using var take = connection.Sql("""
                INSERT INTO idempotency (owner, key, request_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
                """).With(owner).With(key).With(requestHash);
            if (await take.ExecuteNonQueryAsync(stop) > 0) return null;
            await using var read = connection.Sql("SELECT request_hash, status, headers, body FROM idempotency WHERE owner = $1 AND key = $2").With(owner).With(key);
            var found = await read.ToListAsync(reader => new EarlierRequest(
                reader.GetFieldValue<byte[]>(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.GetText(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3)), stop);
            return found.SingleOrDefault() ?? new EarlierRequest(requestHash, null, null, null); // it was given back this moment: ask again
        }, stop);

    /// <summary>The request is still being worked on.</summary>
    public Task HoldAsync(string owner, string key, CancellationToken stop = default) =>
        _database.RunAsync("hold_idempotent", async connection =>
        {
            await using var command = connection.Sql("UPDATE idempotency SET created_at = now() WHERE owner = $1 AND key = $2 AND status IS NULL").With(owner).With(key);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    public Task CompleteAsync(string owner, string key, int status, string headers, byte[]? body, CancellationToken stop = default) =>
        _database.RunAsync("complete_idempotent", async connection =>
        {
            await using var command = connection.Sql("UPDATE idempotency SET status = $3, headers = $4, body = $5 WHERE owner = $1 AND key = $2")
                .With(owner).With(key).With(status).With(headers, NpgsqlDbType.Jsonb).With(body, NpgsqlDbType.Bytea);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>It did not work out: the client may try again under the same key.</summary>
    public Task GiveBackAsync(string owner, string key, CancellationToken stop = default) =>
        _database.RunAsync("give_back_idempotent", async connection =>
        {
            await using var command = connection.Sql("DELETE FROM idempotency WHERE owner = $1 AND key = $2 AND status IS NULL").With(owner).With(key);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);
}
