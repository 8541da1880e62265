using System.Text.Json;
using CryptoScreener.Benchmarks.Gateway;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>What pages do that show the whole table, while the market comes from the exchange and not from us.</summary>
internal sealed class TableWatchers(int gateway, Uri api) : IFanOut
{
    public string Name => "api-gateway";

    public int ProcessId => gateway;

    public Uri Socket => new($"ws://{api.Authority}/ws/v1");

    public byte[] Hello { get; } = JsonSerializer.SerializeToUtf8Bytes(new
    {
        op = "subscribe",
        id = "1",
        channel = "screener",
        @params = new { columns = (string[])["price", "change(5m)"], sort = "-volume(5m)", limit = 20 },
    });

    public int Greetings => 3; // welcome, answer, snapshot

    public Task TellAsync() => Task.CompletedTask; // the exchange does

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
