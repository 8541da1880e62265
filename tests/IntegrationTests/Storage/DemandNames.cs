using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.IntegrationTests.Storage;

internal static class DemandNames
{
    internal static async Task<List<string>> NamesAsync(this DemandStore demands) => (await demands.ListAsync()).ConvertAll(demand => demand.Name);
}
