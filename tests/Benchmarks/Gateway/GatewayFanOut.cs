using System.Text.Json;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>The gateway: frames over the bus, decoded, put together and serialised on every beat, for a channel with parameters.</summary>
internal sealed class GatewayFanOut(MarketOnTheBus market, LocalProgram gateway, Uri api) : IFanOut
{
    internal const int Instruments = 20;

    public string Name => "api-gateway";

    public int ProcessId => gateway.ProcessId;

    public Uri Socket => new($"ws://{api.Authority}/ws/v1");

    public byte[] Hello { get; } = JsonSerializer.SerializeToUtf8Bytes(new
    {
        op = "subscribe",
        id = "1",
        channel = "metrics",
        @params = new
        {
            columns = (string[])["price", "change(5m)", MarketOnTheBus.StampColumn],
            symbols = Enumerable.Range(0, Instruments).Select(i => MarketOnTheBus.Id(i).ToString()),
        },
    });

    public int Greetings => 3; // welcome, answer, snapshot

    public Task TellAsync() => market.LiveAsync(0, Instruments);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask; // the market and its servers outlive this
}
