using CryptoScreener.Storage;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Storage;

/// <summary>The stores as a worker gets them, on a database of their own.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    internal TestStorage(string connectionString, params IEnumerable<(string Name, string Value)> settings)
    {
        ConnectionString = connectionString;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Prepend(("ConnectionString", connectionString))
                .Select(setting => KeyValuePair.Create<string, string?>($"Storage:{setting.Item1}", setting.Item2))).Build();
        _services = new ServiceCollection().AddLogging(logging => logging.ClearProviders()).AddScreenerStorage(configuration).AddScreenerStorageMaintenance().BuildServiceProvider();
    }

    internal string ConnectionString { get; }

    internal static async Task<TestStorage> CreateAsync(ServersFixture servers) => new(await servers.CreateDatabaseAsync());

    internal T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    internal Task<T> ScalarAsync<T>(string sql) => Get<Database>().RunAsync("test", async connection =>
    {
        await using var command = connection.Sql(sql);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return await reader.GetFieldValueAsync<T>(0);
    }, CancellationToken.None);

    internal Task ExecuteAsync(string sql) => Get<Database>().RunAsync("test", async connection =>
    {
        await using var command = connection.Sql(sql);
        await command.ExecuteNonQueryAsync();
    }, CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
