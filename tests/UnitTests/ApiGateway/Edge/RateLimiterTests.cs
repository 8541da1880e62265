using System.Globalization;
using System.Net;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Redis;
using CryptoScreener.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.ApiGateway.Edge;

public sealed class RateLimiterTests : IDisposable
{
    private const int Limit = 10;
    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services;
    private readonly RateLimiter _limiter;

    public RateLimiterTests()
    {
        var alone = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:ConnectionString", "Host=nowhere")]).Build();
        _services = new ServiceCollection().AddLogging().AddScreenerStorage(alone).BuildServiceProvider();
        _limiter = new RateLimiter(_services.GetRequiredService<RedisState>(), _time);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_minute_has_so_many_requests_and_the_next_one_as_many_again()
    {
        Assert.All(Enumerable.Range(1, Limit), used => Assert.Equal((used, false), (_limiter.Use("a", Limit, 1).Used, _limiter.Look("a", Limit).IsOver)));
        Assert.True(_limiter.Use("a", Limit, 1).IsOver);
        Assert.False(_limiter.Use("b", Limit, 1).IsOver);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _limiter.Look("a", Limit).Used);
        Assert.Equal(1, _limiter.Use("a", Limit, 1).Used);
    }

    [Fact]
    public void A_flood_from_everywhere_makes_nobody_forgotten_who_has_used_much()
    {
        _limiter.Use("busy", Limit, Limit + 1);
        for (var i = 0; i <= RateLimiter.MaxCallers + 5; i++) _limiter.Use(i.ToString(CultureInfo.InvariantCulture), Limit, 1);
        Assert.True(_limiter.Look("busy", Limit).IsOver);
        Assert.InRange(_limiter.Callers, RateLimiter.MaxCallers * 8 / 10, RateLimiter.MaxCallers);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void An_address_counts_as_its_customers(string address, string network) => Assert.Equal(IPAddress.Parse(network), ClientNetwork.Of(IPAddress.Parse(address)));
}
