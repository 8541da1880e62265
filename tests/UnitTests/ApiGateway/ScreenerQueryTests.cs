using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class ScreenerQueryTests
{
    private static readonly MetricCatalogue Former = new([new MetricDefinition("price", "price", [], "price", "The price.", 1)]);
    private static readonly MetricCatalogue Later = new([new MetricDefinition("volume(1h)", "volume", ["1h"], "quote", "The volume.", 60), .. Former.Metrics]);
    private int _compiled;

    [Fact]
    public void Frames_of_two_catalogues_are_asked_by_their_own_and_each_is_compiled_once()
    {
        var query = new ScreenerQuery("price > 1", "-price", 3, (text, catalogue) =>
        {
            _compiled++;
            return RuleCompiler.CompileFilter(text, catalogue).Result;
        });
        LatestFrame[] frames = [.. Enumerable.Range(0, 100).Select(i => Frame($"C{i:00}", i % 2 == 0 ? Former : Later, price: i))];
        for (var beat = 0; beat < 3; beat++)
        {
            Assert.Equal(["C99", "C98", "C97"], query.Run(frames, out var total).Select(frame => frame.Instrument.Symbol));
            Assert.Equal(98, total);
        }

        Assert.Equal(2, _compiled);
    }

    [Fact]
    public void What_is_not_known_comes_last_either_way()
    {
        LatestFrame[] frames = [Frame("A", Former, 1), Frame("B", Later, 2, volume: 5), Frame("C", Later, 3), Frame("D", Later, 4, volume: 7)];
        Assert.Equal(["B", "D", "A", "C"], Run("volume(1h)"));
        Assert.Equal(["D", "B", "A", "C"], Run("-volume( 1h )"));

        IEnumerable<string> Run(string sort) => new ScreenerQuery(null, sort, 10).Run(frames, out _).Select(frame => frame.Instrument.Symbol);
    }

    [Fact]
    public void What_nobody_calculates_yet_may_be_looked_at_and_what_nobody_can_may_not()
    {
        var query = new ScreenerQuery("volume(4h) > 1 and price > 0", "-volume(2h)", 10);
        Assert.Null(query.Check(Later));
        Assert.Equal([new RuleMetric("volume(4h)", -1), new RuleMetric("price", 1), new RuleMetric("volume(2h)", -1)], query.Metrics(Later));

        Assert.Equal("sort", new ScreenerQuery(null, "-volme(2h)", 10).Check(Later)?.Parameter);
        Assert.Equal("sort", new ScreenerQuery(null, "price + 1", 10).Check(Later)?.Parameter);
    }

    private static LatestFrame Frame(string symbol, MetricCatalogue catalogue, double price, double volume = double.NaN) => new(
        new InstrumentId("x", symbol), catalogue, new FrameHeader(true, catalogue.Hash, 60_000, 0, 0, 1, 1, 0), catalogue == Former ? [price] : [volume, price]);
}
