using CryptoScreener.Storage.Connections;

namespace CryptoScreener.IntegrationTests.Storage;

/// <summary>A table that somebody holds until this is disposed.</summary>
internal sealed class LockedTable : IAsyncDisposable
{
    private readonly TaskCompletionSource _isLocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _holding;

    private LockedTable(TestStorage storage, string table, string mode) => _holding = storage.Get<Database>().RunAsync("test", async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.Sql($"LOCK TABLE {table} IN {mode} MODE");
        await command.ExecuteNonQueryAsync();
        _isLocked.SetResult();
        await _release.Task;
    }, CancellationToken.None);

    /// <summary>It can be read and not be written.</summary>
    internal static Task<LockedTable> LockAsync(TestStorage storage, string table) => HoldAsync(storage, table, "EXCLUSIVE");

    /// <summary>A transaction that has read it and does not end.</summary>
    internal static Task<LockedTable> ReadAsync(TestStorage storage, string table) => HoldAsync(storage, table, "ACCESS SHARE");

    private static async Task<LockedTable> HoldAsync(TestStorage storage, string table, string mode)
    {
        var locked = new LockedTable(storage, table, mode);
        await await Task.WhenAny(locked._isLocked.Task, locked._holding); // a refusal is thrown here
        return locked;
    }

    public async ValueTask DisposeAsync()
    {
        _release.SetResult();
        await _holding;
    }
}
