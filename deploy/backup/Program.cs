using CryptoScreener.Backup;
using CryptoScreener.Messaging.Snapshots;
using StorageException = CryptoScreener.Storage.StorageException;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stopping.Cancel();
};

try
{
    return args switch
    {
        ["streams", "save", var folder] => await StreamFiles.SaveAsync(folder, stopping.Token),
        ["streams", "restore", var folder] => await StreamFiles.RestoreAsync(folder, stopping.Token),
        ["streams", "list"] => await StreamFiles.ListAsync(stopping.Token),
        ["redis", "save", var file] => await RedisFile.SaveAsync(file, stopping.Token),
        ["redis", "restore", var file] => await RedisFile.RestoreAsync(file, stopping.Token),
        _ => Usage(),
    };
}
catch (Exception e) when (e is StreamArchiveException or StorageException or IOException or TimeoutException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (Exception e) when (e.GetType().Namespace is "NATS.Client.Core" or "StackExchange.Redis")
{
    Console.Error.WriteLine($"{e.Message} Addresses and passwords come from NATS_URL, NATS_USER, NATS_PASSWORD, NATS_CA_FILE and REDIS.");
    return 1;
}

static int Usage()
{
    Console.Error.WriteLine("usage: streams save|restore FOLDER, streams list, redis save|restore FILE; deploy/scripts/backup.sh and restore.sh do all of it");
    return 2;
}
