using CryptoScreener.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Benchmarks.Storage;

/// <summary>The stores as a worker gets them.</summary>
internal static class BenchStorage
{
    internal static ServiceProvider On(string connectionString) => new ServiceCollection()
        .AddLogging()
        .AddScreenerStorage(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("Storage:ConnectionString", connectionString)]).Build())
        .BuildServiceProvider();
}
