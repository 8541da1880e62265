using CryptoScreener.Calculation.Minutes;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Calculation;

public class DecimalColumnTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_stored_is_read_back_bit_for_bit(bool isLong)
    {
        var decimals = from mantissa in Gen.Choose(0, 2_000_000_000) from digits in Gen.Choose(0, 12) select mantissa / Math.Pow(10, digits);
        var anything = Gen.OneOf(decimals, ArbMap.Default.GeneratorFor<NormalFloat>().Select(f => f.Get), Gen.Constant(double.NaN));
        var columns = Gen.OneOf(decimals.NonEmptyListOf(), anything.NonEmptyListOf());
        Prop.ForAll(Arb.From(columns), values =>
        {
            var column = new DecimalColumn(values.Count, isLong);
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

    [Fact]
    public void Turnover_of_an_exchange_is_stored_without_allocating()
    {
        var column = new DecimalColumn(1000, isLong: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) column[i] = (12_345_678_901_234 - (i * 7L)) / 100_000.0;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(123_456_789.00541, column[99]);
    }

    [Fact]
    public void A_sum_is_that_of_its_values_one_by_one()
    {
        var random = new Random(3);
        foreach (var (isLong, digits) in new[] { (false, 3), (true, 5), (false, 15) })
        {
            var column = new DecimalColumn(100, isLong);
            for (var i = 0; i < 100; i++) column[i] = Math.Round(random.NextDouble() * 1_000, digits);
            var sum = 0.125;
            for (var i = 7; i < 93; i++) sum += column[i];
            Assert.Equal(sum, column.AddTo(0.125, 7, 86));
            column[50] = double.NaN;
            Assert.True(double.IsNaN(column.AddTo(0, 7, 86)));
            Assert.Equal(column[51] + column[52], column.AddTo(0, 51, 2));
        }
    }
}
