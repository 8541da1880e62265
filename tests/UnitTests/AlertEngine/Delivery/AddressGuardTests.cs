using System.Net;
using CryptoScreener.AlertEngine.Delivery.Guard;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class AddressGuardTests
{
    private readonly AddressGuard _guard = new([]);

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    public void Public_addresses_are_allowed(string address) => Assert.True(_guard.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("ff02::1")]
    public void Addresses_that_only_this_machine_or_network_can_reach_are_not(string address) => Assert.False(_guard.Allows(IPAddress.Parse(address)));

    [Fact]
    public void An_operator_may_allow_a_network_and_only_that_one()
    {
        var guard = new AddressGuard([IPNetwork.Parse("10.1.0.0/16")]);
        Assert.True(guard.Allows(IPAddress.Parse("10.1.2.3")));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.False(guard.Allows(IPAddress.Parse("10.2.0.1")));
    }

    [Theory]
    [InlineData("https://example.org/hook", false, true)]
    [InlineData("http://example.org/hook", false, false)]
    [InlineData("http://example.org/hook", true, true)]
    [InlineData("ftp://example.org/", true, false)]
    [InlineData("file:///etc/passwd", true, false)]
    [InlineData("https://user:secret@example.org/", true, false)]
    [InlineData("example.org", true, false)]
    public void An_address_is_looked_at_before_it_is_resolved(string address, bool allowHttp, bool expected) =>
        Assert.Equal(expected, TargetAddress.Error(address, allowHttp) is null);
}
