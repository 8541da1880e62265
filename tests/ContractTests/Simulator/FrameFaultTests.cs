using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>What goes wrong with single frames.</summary>
public sealed class FrameFaultTests
{
    [Fact]
    public async Task A_stalled_instrument_is_silent_while_the_others_go_on() =>
        Assert.Equal(["ETHUSDT", "ETHUSDT", "ETHUSDT"], await ClosingsAsync("""{"kind":"stall","symbol":"BTCUSDT","seconds":600}""", "ETHUSDT", minutes: 3));

    [Fact]
    public async Task An_omitted_closing_frame_never_comes() =>
        Assert.Equal(["ETHUSDT", "BTCUSDT", "ETHUSDT"], await ClosingsAsync("""{"kind":"omit_closing","symbol":"BTCUSDT"}""", "ETHUSDT", minutes: 2));

    [Fact]
    public async Task A_closing_frame_may_come_twice() =>
        Assert.Equal(["BTCUSDT", "BTCUSDT", "ETHUSDT"], await ClosingsAsync("""{"kind":"duplicate_closing","symbol":"BTCUSDT"}""", "ETHUSDT", minutes: 1));

    [Fact]
    public async Task A_closing_frame_may_come_late() =>
        Assert.Equal(["ETHUSDT", "BTCUSDT"], await ClosingsAsync("""{"kind":"late_closing","symbol":"BTCUSDT","delay_ms":200}""", "BTCUSDT", minutes: 1));

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
            times.Add((await FaultySimulator.NextClosingAsync(client)).GetProperty("t").GetInt64());
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
        await FaultySimulator.NextClosingAsync(client);

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

    /// <summary>Who closed beside a fault, in order, up to the last expected closing of one instrument.</summary>
    private static async Task<string[]> ClosingsAsync(string fault, string last, int minutes)
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, FaultySimulator.TwoStreams);
        await simulator.OrderAsync(fault);
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        for (var i = 0; i < minutes; i++) await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var closings = new List<string>();
        for (var seen = 0; seen < minutes;)
        {
            var k = await FaultySimulator.NextClosingAsync(client);
            closings.Add(k.GetProperty("s").GetString()!);
            if (closings[^1] == last) seen++;
        }

        return [.. closings];
    }
}
