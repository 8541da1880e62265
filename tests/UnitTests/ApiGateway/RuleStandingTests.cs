using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.Storage.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class RuleStandingTests
{
    private const long Now = 1_767_600_000_000;
    private static readonly MetricCatalogue Catalogue = new([new MetricDefinition("price", "price", [], "price", "The price.", 1)]);

    [Fact]
    public void What_the_engine_did_not_save_is_at_rest_or_unknown()
    {
        var rule = RuleTexts.Definition("price crosses_above 100") with { Universe = new RuleUniverse { Exclude = ["E*"] } };
        var saved = new RulePhases(Now, true,
            [new RulePhase("x:A", (byte)TriggerPhase.Firing, 7), new RulePhase("x:B", (byte)TriggerPhase.NoData, 8), new RulePhase("x:GONE", (byte)TriggerPhase.Firing, 9)]);
        LatestFrame[] frames = [Frame("A", 101), Frame("B", 101), Frame("C", 99), Frame("D", double.NaN), Frame("E", 99), Frame("F", 99, minutesAgo: 4)];

        Assert.Equal(
            [
                ("A", TriggerPhase.Firing, 7L), ("B", TriggerPhase.NoData, null), ("C", TriggerPhase.Inactive, null),
                ("D", TriggerPhase.NoData, null), ("F", TriggerPhase.NoData, null),
            ],
            RuleStanding.Of(rule, saved, frames, _ => "USDT").Select(s => (s.Instrument.Symbol, s.Phase, s.Since)));
    }

    private static LatestFrame Frame(string symbol, double price, int minutesAgo = 1) => new(
        new InstrumentId("x", symbol), Catalogue, new FrameHeader(true, Catalogue.Hash, Now - (minutesAgo * 60_000), Now, 0, 1, 1, 0), [price]);
}
