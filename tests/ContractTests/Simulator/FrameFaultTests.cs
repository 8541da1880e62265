using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>What goes wrong with single frames.</summary>
public sealed class FrameFaultTests
{
    [Fact]
    public async Task A_stalled_instrument_is_silent_while_the_others_go_on()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, FaultySimulator.TwoStreams);
        await simulator.OrderAsync("""{"kind":"stall","symbol":"BTCUSDT","seconds":600}""");
        Assert.Equal(["ETHUSDT", "ETHUSDT", "ETHUSDT"], await FaultySimulator.ClosingsAsync(simulator, client, "ETHUSDT", minutes: 3));
    }

    [Fact]
    public async Task An_omitted_closing_frame_never_comes()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, FaultySimulator.TwoStreams);
        await simulator.OrderAsync("""{"kind":"omit_closing","symbol":"BTCUSDT"}""");
        Assert.Equal(["ETHUSDT", "BTCUSDT", "ETHUSDT"], await FaultySimulator.ClosingsAsync(simulator, client, "ETHUSDT", minutes: 2));
    }

    [Fact]
    public async Task A_closing_frame_may_come_twice()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, FaultySimulator.TwoStreams);
        await simulator.OrderAsync("""{"kind":"duplicate_closing","symbol":"BTCUSDT"}""");
        Assert.Equal(["BTCUSDT", "BTCUSDT", "ETHUSDT"], await FaultySimulator.ClosingsAsync(simulator, client, "ETHUSDT", minutes: 1));
    }

    [Fact]
    public async Task A_closing_frame_may_come_late()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, FaultySimulator.TwoStreams);
        await simulator.OrderAsync("""{"kind":"late_closing","symbol":"BTCUSDT","delay_ms":200}""");
        Assert.Equal(["ETHUSDT", "BTCUSDT"], await FaultySimulator.ClosingsAsync(simulator, client, "BTCUSDT", minutes: 1));
    }

    [Fact]
    public async Task Frames_may_change_places()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"reorder","symbol":"BTCUSDT"}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
        var times = new List<long>();
        while (times.Count < 2)
        {
            if (await FaultySimulator.NextClosingAsync(client) is { } k) times.Add(k.GetProperty("t").GetInt64());
        }

        Assert.Equal(60_000, times[0] - times[1]);
    }

    [Fact]
    public async Task Malformed_text_arrives_in_a_proper_frame_and_the_connection_lives()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"malformed"}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(FirstText(client).GetAwaiter().GetResult()));
        Assert.NotNull(await FaultySimulator.NextClosingAsync(client));

        static async Task<string> FirstText(SocketClient client) => (await client.ReceiveTextAsync())!;
    }

    [Fact]
    public async Task Absurd_numbers_cannot_be_true()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"absurd","count":1}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var k = (await client.ReceiveAsync()).GetProperty("k");
        Assert.True(Price(k, "h") < Price(k, "l"));

        static decimal Price(JsonElement k, string name) => decimal.Parse(k.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
