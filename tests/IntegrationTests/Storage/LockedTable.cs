using CryptoScreener.Storage.Connections;

namespace CryptoScreener.IntegrationTests.Storage;

/// <summary>A table that can be read and not be written until this is disposed.</summary>
internal sealed class LockedTable : IAsyncDisposable
{
    private readonly TaskCompletionSource _isLocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _holding;

    private LockedTable(TestStorage storage, string table) => _holding = storage.Get<Database>().RunAsync("test", async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.Sql($"LOCK TABLE {table} IN EXCLUSIVE MODE");
        await command.ExecuteNonQueryAsync();
        _isLocked.SetResult();
        await _release.Task;
    }, CancellationToken.None);

    internal static async Task<LockedTable> LockAsync(TestStorage storage, string table)
    {
        var locked = new LockedTable(storage, table);
        await await Task.WhenAny(locked._isLocked.Task, locked._holding); // a refusal is thrown here
        return locked;
    }

    public async ValueTask DisposeAsync()
    {
        _release.SetResult();
        await _holding;
    }
}
