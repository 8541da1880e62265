using CryptoScreener.ApiGateway.Endpoints;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class ColumnListTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData(",,", "")]
    [InlineData("price", "price")]
    [InlineData("price,change(5m)", "price|change(5m)")]
    [InlineData("rsi(14,1h),price,macd(12,26,9,5m)", "rsi(14,1h)|price|macd(12,26,9,5m)")]
    [InlineData(" price , rsi( 14, 1h ) ,", "price|rsi(14,1h)")]
    [InlineData("price,rsi(14,1h),price", "price|rsi(14,1h)")]
    [InlineData("rsi(14,1h", "rsi(14,1h")]
    [InlineData("rsi)),price", "rsi))|price")]
    public void Names_are_split_at_the_commas_outside_their_arguments(string? text, string expected) =>
        Assert.Equal(expected, string.Join('|', ColumnList.Split(text)));
}
