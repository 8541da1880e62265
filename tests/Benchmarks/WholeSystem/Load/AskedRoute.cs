using CryptoScreener.Benchmarks.Gateway;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>A route of the API and how long its answers took.</summary>
internal sealed class AskedRoute : IDisposable
{
    private const int WarmUps = 15;
    private readonly KeepAliveClient _client;
    private readonly List<double> _took = [];

    private AskedRoute(string path, KeepAliveClient client, int bytes) => (Path, _client, Bytes) = (path, client, bytes);

    internal string Path { get; }

    internal int Bytes { get; }

    internal double P95 => Quantile.At([.. _took.Order()], 0.95);

    /// <returns>Null where it wants to be asked differently.</returns>
    internal static async Task<AskedRoute?> FindAsync(Uri api, string path, string key)
    {
        var client = await KeepAliveClient.ConnectAsync(api, path, key);
        try
        {
            await client.TimeAsync(WarmUps, 0);
            return new AskedRoute(path, client, await client.AskAsync());
        }
        catch (IOException refused)
        {
            client.Dispose();
            Console.WriteLine($"GET {path}: {refused.Message.Split('\n')[0].Trim()}");
            return null;
        }
    }

    internal async Task AskAsync() => _took.Add(await _client.TimeAsync());

    public void Dispose() => _client.Dispose();
}
