using CryptoScreener.Calculation.Minutes;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Calculation;

public class PriceColumnsTests
{
    [Fact]
    public void Prices_are_read_back_bit_for_bit_whatever_comes_after_them()
    {
        var near = from close in Gen.Choose(1_000, 2_000_000) from digits in Gen.Choose(0, 8) from moves in Gen.Choose(-900, 900).ArrayOf(3) select Prices(close, moves, digits);
        var far = from close in Gen.Choose(1, 2_000_000_000) from digits in Gen.Choose(0, 14) from moves in Gen.Choose(-900_000, 900_000).ArrayOf(3) select Prices(close, moves, digits);
        var any = from values in ArbMap.Default.GeneratorFor<NormalFloat>().ArrayOf(4) select (Open: values[0].Get, High: values[1].Get, Low: values[2].Get, Close: values[3].Get);
        var rows = Gen.OneOf(near.NonEmptyListOf(), Gen.OneOf(near, far).NonEmptyListOf(), Gen.OneOf(near, any).NonEmptyListOf());
        Prop.ForAll(Arb.From(rows), rows =>
        {
            var columns = new PriceColumns(rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                columns[i] = rows[i];
                for (var j = 0; j <= i; j++) Assert.Equal(rows[j], columns[j]);
            }

            Assert.Equal((rows.Max(row => row.High), rows.Min(row => row.Low)), columns.Extremes(0, rows.Count));
            Assert.Equal((rows[^1].Open, rows[0].Close), (columns.Open(rows.Count - 1), columns.Close(0)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Prices_of_an_exchange_are_stored_without_allocating()
    {
        var columns = new PriceColumns(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) columns[i] = (95_000.1 + i, 95_500.7 + i, 94_321.4 + i, 95_123.9 + i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((95_123.9, 95_500.7), (columns.Close(0), columns[0].High));
    }

    private static (double Open, double High, double Low, double Close) Prices(int close, int[] moves, int digits)
    {
        var scale = Math.Pow(10, digits);
        return ((close + moves[0]) / scale, (close + moves[1]) / scale, (close + moves[2]) / scale, close / scale);
    }
}
