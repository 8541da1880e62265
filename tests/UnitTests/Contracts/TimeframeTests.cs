using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Contracts;

public sealed class TimeframeTests
{
    [Theory]
    [InlineData("1m", 1)]
    [InlineData("5m", 5)]
    [InlineData("90m", 90)]
    [InlineData("1h", 60)]
    [InlineData("8h", 480)]
    [InlineData("1d", 1440)]
    [InlineData("7d", 10080)]
    public void A_timeframe_is_read_and_written(string text, int minutes)
    {
        Assert.Equal(minutes, Timeframe.Parse(text).Minutes);
        Assert.Equal(text, new Timeframe(minutes).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("5M")]
    [InlineData("1.5h")]
    [InlineData("366d")]
    [InlineData("99999999999h")]
    public void Anything_else_is_refused(string text) => Assert.False(Timeframe.TryParse(text, out _));

    [Fact]
    public void A_bar_opens_on_the_calendar()
    {
        const long sixteenThirtyFour = 1_763_656_440_000; // 2025-11-20T16:34:00Z
        Assert.Equal(1_763_656_200_000, new Timeframe(5).OpenOf(sixteenThirtyFour + 59_999));
        Assert.Equal(1_763_654_400_000, new Timeframe(480).OpenOf(sixteenThirtyFour));
        Assert.Equal(1_763_596_800_000, Timeframe.OneDay.OpenOf(sixteenThirtyFour));
    }
}
