using System.Text.Json;

namespace CryptoScreener.EndToEndTests.Truth;

public sealed class FaultScheduleTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(90);
    private static readonly Dictionary<string, string[]> Symbols = new() { ["a"] = SymbolsOf("A"), ["b"] = SymbolsOf("B") };

    [Fact]
    public void The_same_seed_is_the_same_schedule() =>
        Assert.Equal(JsonSerializer.Serialize(FaultSchedule.Of(7, Length, Symbols)), JsonSerializer.Serialize(FaultSchedule.Of(7, Length, Symbols)));

    [Fact]
    public void As_many_instruments_come_as_go_and_what_goes_is_not_corrected()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var orders = FaultSchedule.Of(seed, Length, Symbols);
            string[] going = [.. Of("delist").Select(o => (string)o["symbol"])];
            Assert.Equal(going, going.Distinct());
            Assert.Equal(FaultSchedule.Listings(Length), going.Length);
            Assert.Equal(Of("list").Select(Exchange).Order(), Of("delist").Select(Exchange).Order());
            Assert.DoesNotContain(Of("correct"), o => going.Contains((string)o["symbol"]));

            IEnumerable<Dictionary<string, object>> Of(string kind) => orders.Where(o => (string)o["kind"] == kind);
        }
    }

    private static string Exchange(Dictionary<string, object> order) => (string)order["exchange"];

    private static string[] SymbolsOf(string exchange) => [.. Enumerable.Range(0, 20).Select(i => $"{exchange}{i}")];
}
