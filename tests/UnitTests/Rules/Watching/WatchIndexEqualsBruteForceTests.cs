using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.UnitTests.Rules.Watching;

public sealed class WatchIndexEqualsBruteForceTests
{
    private const int Sets = 4_000;
    private const int FramesPerSet = 30;
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");

    /// <summary>120,000 frames against some 25 rules each: after every frame the changes add up to what evaluating each rule says.</summary>
    [Fact]
    public void Watching_gives_the_same_truths_as_evaluating_every_rule_on_every_frame()
    {
        const int seed = 90_210;
        Parallel.For(0, Sets, set =>
        {
            var random = new Random(seed + set);
            var generator = new RandomRules(random);
            var index = WatchIndex.Build(Enumerable.Range(0, random.Next(1, 50)).Select(generator.Rule));
            var lane = index.OpenLane();
            var watch = lane.Follow(Bitcoin, "USDT");
            var other = lane.Follow(new InstrumentId("okx-swap", "ETHUSDT"), "USDT");
            var concerned = index.Rules.Select(r => UniverseFilter.Includes(r.Definition.Universe, Bitcoin, "USDT")).ToArray();
            var truths = new Truth[index.Rules.Count];
            Array.Fill(truths, Truth.Unknown);
            var (previous, frame) = (TestCatalogue.Frame(), TestCatalogue.Frame());
            for (var i = 0; i < FramesPerSet; i++)
            {
                if (random.Next(3) == 0) previous = frame;
                frame = generator.Next(frame);
                watch.Begin(frame, previous);
                Work(watch, other, random, truths);
                for (var rule = 0; rule < truths.Length; rule++)
                {
                    var expected = concerned[rule] ? index.Rules[rule].Evaluate(frame, previous) : Truth.Unknown;
                    Assert.True(
                        expected == truths[rule],
                        $"seed {seed + set}, frame {i}: {index.Rules[rule].Definition.Expression} is {expected}, watched as {truths[rule]}");
                }
            }
        });
    }

    /// <summary>In steps of random size, now and then with another instrument of the lane in between.</summary>
    private static void Work(InstrumentWatch watch, InstrumentWatch other, Random random, Truth[] truths)
    {
        var changes = new TruthChange[random.Next(1, 40)];
        for (var done = false; !done;)
        {
            done = watch.Step(changes, out var count);
            foreach (var change in changes.AsSpan(0, count))
            {
                Assert.NotEqual(truths[change.Rule], change.Truth);
                truths[change.Rule] = change.Truth;
            }

            if (random.Next(4) != 0) continue;
            if (other.IsDone) other.Begin(new RandomRules(random).Next(TestCatalogue.Frame()));
            other.Step(new TruthChange[5], out _);
        }
    }
}
