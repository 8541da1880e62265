using CryptoScreener.AlertEngine.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class SendRateTests
{
    private static readonly SendRate Service = new(30, 20);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(0.1, 0.1, 1)]
    [InlineData(10, 10, 10)]
    [InlineData(25.5, 25.5, 20)]
    [InlineData(100, 30, 20)] // what the service takes is the most
    public void An_owner_slows_the_rate_and_its_burst_and_never_raises_them(double asked, double perSecond, int burst) =>
        Assert.Equal(new SendRate(perSecond, burst), Service.SlowedTo(asked));

    [Fact]
    public void Without_a_wish_it_is_what_the_service_takes() => Assert.Equal(Service, Service.SlowedTo(null));
}
