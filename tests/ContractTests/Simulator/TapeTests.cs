using System.Net;
using System.Text;

namespace CryptoScreener.ContractTests.Simulator;

public class TapeTests
{
    private const string Tape =
        """
        {"instruments":[{"symbol":"ETHUSDT","start":"2026-03-04T12:35:00Z","history":{"price":2000,"volume":"10.000","trades":4},"minutes":[
          {"o":2000,"h":2011.5,"l":1999,"c":2010,"v":42.5,"q":85250.5,"n":17,"takerV":30.5,"takerQ":61180.25},
          {"quiet":true},
          {"trades":[{"at":500,"price":2010.1,"quantity":1,"takerBuys":true},{"at":41000,"price":2005,"quantity":2}]}
        ]}]}
        """;

    [Fact]
    public async Task Scripted_minutes_close_exactly_as_written_with_constant_ones_around_them()
    {
        await using var simulator = await RunningSimulator.StartAsync("--speed", "0", "--start", "2026-03-04T12:34:30Z");
        (await simulator.Http.PostAsync("/sim/tape", new StringContent(Tape, Encoding.UTF8))).EnsureSuccessStatusCode();
        await using var client = await simulator.ConnectAsync("/market/ws/ethusdt@kline_1m");
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        for (var i = 0; i < 5; i++) await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));

        var rows = (await simulator.GetAsync("/fapi/v1/klines?symbol=ETHUSDT&interval=1m&limit=6")).EnumerateArray().Select(r => r.GetRawText()).ToArray();
        Assert.Contains("\"2000.0\",\"2000.0\",\"2000.0\",\"2000.0\",\"10.000\"", rows[0], StringComparison.Ordinal);
        Assert.Contains("\"2000.0\",\"2011.5\",\"1999.0\",\"2010.0\",\"42.500\",1772627759999,\"85250.50000\",17,\"30.500\",\"61180.25000\"", rows[1], StringComparison.Ordinal);
        Assert.Contains("\"2010.0\",\"2010.0\",\"2010.0\",\"2010.0\",\"0.000\"", rows[2], StringComparison.Ordinal);
        Assert.Contains("\"2010.1\",\"2010.1\",\"2005.0\",\"2005.0\",\"3.000\",1772627879999,\"6020.10000\",2,\"1.000\",\"2010.10000\"", rows[3], StringComparison.Ordinal);
        Assert.Contains("\"2005.0\",\"2005.0\",\"2005.0\",\"2005.0\",\"10.000\"", rows[4], StringComparison.Ordinal);

        var closed = await client.ReceiveAsync(m => m.GetProperty("k").GetProperty("x").GetBoolean() && m.GetProperty("k").GetProperty("o").GetString() == "2000.0" && m.GetProperty("k").GetProperty("n").GetInt32() == 17);
        Assert.Equal("85250.50000", closed.GetProperty("k").GetProperty("q").GetString());
    }

    [Theory]
    [InlineData("""{"instruments":[{"symbol":"NOPEUSDT","history":{"price":1},"minutes":[]}]}""", "raise --instruments")]
    [InlineData("""{"instruments":[{"symbol":"ETHUSDT","history":{"price":2000.123},"minutes":[]}]}""", "not a multiple of 0.1")]
    [InlineData("""{"instruments":[{"symbol":"ETHUSDT","history":{"price":2000},"minutes":[{"o":1}]}]}""", "needs o, h, l and c")]
    [InlineData("""{"instruments":[{"symbol":"ETHUSDT","history":{"price":2000},"minutes":[{"o":2,"h":1,"l":2,"c":2,"v":1}]}]}""", "h must be the highest")]
    [InlineData("nonsense", "not valid")]
    public async Task A_tape_that_cannot_be_played_is_refused_with_the_reason(string tape, string reason)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var answer = await simulator.Http.PostAsync("/sim/tape", new StringContent(tape, Encoding.UTF8));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
