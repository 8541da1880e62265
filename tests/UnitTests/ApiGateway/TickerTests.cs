using System.Globalization;
using CryptoScreener.ApiGateway.Compatibility;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class TickerTests
{
    [Theory]
    [InlineData(104301.1, 102794.2, "1506.9")] // as doubles 1506.90000000001
    [InlineData(0.00000123, 0.0000012, "3E-08")]
    [InlineData(5, 5, "0")]
    [InlineData(double.NaN, 5, "NaN")]
    public void A_difference_of_prices_has_no_more_digits_than_they_have(double price, double open, string difference) =>
        Assert.Equal(difference, TickersEndpoints.Difference(price, open).ToString(CultureInfo.InvariantCulture));
}
