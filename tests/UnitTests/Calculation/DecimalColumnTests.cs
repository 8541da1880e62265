using CryptoScreener.Calculation.Minutes;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Calculation;

public class DecimalColumnTests
{
    [Fact]
    public void What_is_stored_is_read_back_bit_for_bit()
    {
        var decimals = from mantissa in Gen.Choose(0, 2_000_000_000) from digits in Gen.Choose(0, 12) select mantissa / Math.Pow(10, digits);
        var anything = Gen.OneOf(decimals, ArbMap.Default.GeneratorFor<NormalFloat>().Select(f => f.Get), Gen.Constant(double.NaN));
        var columns = Gen.OneOf(decimals.NonEmptyListOf(), anything.NonEmptyListOf());
        Prop.ForAll(Arb.From(columns), values =>
        {
            var column = new DecimalColumn(values.Count);
            for (var i = 0; i < values.Count; i++)
            {
                column[i] = values[i];
                for (var j = 0; j <= i; j++) Assert.True(column[j].Equals(values[j]), $"{values[j]:R} became {column[j]:R} when {values[i]:R} came");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Prices_of_an_exchange_are_stored_without_allocating()
    {
        var column = new DecimalColumn(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) column[i] = (9_500_000 + (i * 7)) / 100.0;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(95_006.93, column[99]);
    }
}
