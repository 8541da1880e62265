using CryptoScreener.Calculation.Minutes;

namespace CryptoScreener.UnitTests.Calculation;

public class TradeCountsTests
{
    [Theory]
    [InlineData(new[] { 0, 1, 500, 65_534 })]
    [InlineData(new[] { 3, -1, 4 })]
    [InlineData(new[] { 7, 65_535, -1, 2 })]
    [InlineData(new[] { -1, int.MaxValue, 0, 65_534 })]
    public void Counts_are_read_back_and_summed_however_many_they_are(int[] counts)
    {
        var column = new TradeCounts(counts.Length);
        for (var i = 0; i < counts.Length; i++) column[i] = counts[i];
        Assert.Equal(counts, Enumerable.Range(0, counts.Length).Select(i => column[i]));
        var expected = counts.Contains(-1) ? double.NaN : 2 + counts.Sum(count => (long)count);
        Assert.Equal(expected, column.AddTo(2, 0, counts.Length));
    }
}
