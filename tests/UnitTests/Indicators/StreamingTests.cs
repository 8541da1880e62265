using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;
using CryptoScreener.UnitTests.Calculation;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Indicators;

public class StreamingTests
{
    public static TheoryData<string> All => Variants.Names();

    [Theory]
    [MemberData(nameof(All))]
    public void Streaming_equals_batch_bit_for_bit_whatever_was_previewed_between(string variant)
    {
        const int Seed = 7;
        var (_, indicator) = Variants.Of(variant);
        AssertStreamingEqualsBatch(indicator, Tape.Random(Seed, 400), Seed);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Values_begin_exactly_when_the_warm_up_is_over(string variant)
    {
        var (_, indicator) = Variants.Of(variant);
        var values = indicator.Batch(new BarTable(Variants.Lively(3, indicator.WarmUp + 50)).Bars);
        foreach (var output in values)
        {
            Assert.All(output[..(indicator.WarmUp - 1)], v => Assert.True(double.IsNaN(v)));
            Assert.All(output[(indicator.WarmUp - 1)..], v => Assert.True(double.IsFinite(v)));
        }

        if (indicator.WarmUp == 1) return;
        var tooFew = indicator.Batch(new BarTable(Variants.Lively(3, indicator.WarmUp - 1)).Bars);
        Assert.All(tooFew, output => Assert.All(output, v => Assert.True(double.IsNaN(v))));
    }

    [Fact]
    public void Streaming_equals_batch_for_any_parameters_and_any_series()
    {
        var cases =
            from entry in Gen.Elements(IndicatorRegistry.All.AsEnumerable())
            from arguments in Arguments(entry)
            from seed in Gen.Choose(0, int.MaxValue)
            from bars in Gen.Choose(1, 150)
            select (entry, arguments, seed, bars);

        Prop.ForAll(Arb.From(cases), c =>
        {
            Assert.Null(c.entry.Objection(c.arguments));
            AssertStreamingEqualsBatch(c.entry.Create(c.arguments), Tape.Random(c.seed, c.bars), c.seed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static Gen<double[]> Arguments(IndicatorEntry entry)
    {
        var arguments = Gen.Constant(Array.Empty<double>());
        foreach (var parameter in entry.Parameters)
        {
            arguments =
                from before in arguments
                from value in Gen.Choose((int)Math.Ceiling(parameter.Minimum), Math.Min(40, (int)parameter.Maximum))
                select (double[])[.. before, parameter.Whole ? value : value / 4.0 + parameter.Minimum];
        }

        return arguments.Select(a => a.Select((v, i) => Math.Min(v, entry.Parameters[i].Maximum)).ToArray());
    }

    private static void AssertStreamingEqualsBatch(Indicator indicator, Candle[] tape, int seed)
    {
        var table = new BarTable(tape);
        var batch = indicator.Batch(table.Bars);
        var stream = new IndicatorStream(indicator);
        for (var i = 0; i < tape.Length; i++)
        {
            stream.Preview(Tape.Forming(in tape[i], 0.3));
            stream.Preview(tape[tape.Length - 1 - i]);
            var values = stream.Preview(in tape[i]);
            for (var output = 0; output < values.Length; output++)
            {
                Assert.True(
                    BitConverter.DoubleToInt64Bits(values[output]) == BitConverter.DoubleToInt64Bits(batch[output][i]),
                    $"seed {seed}, output {output}, bar {i}: batch {batch[output][i]:R}, streaming {values[output]:R}");
            }

            stream.Commit(in tape[i]);
        }
    }
}
