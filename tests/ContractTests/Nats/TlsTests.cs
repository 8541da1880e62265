using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    [Fact]
    public async Task A_server_whose_authority_is_trusted_is_spoken_to_in_private()
    {
        await using var server = await StartAsync(verify: false);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { CaFile = _certificates.Authority } });
        await using var subscription = await rig.Connection.SubscribeCoreAsync<string>("t");

        await rig.Connection.PublishAsync("t", new string('x', 200_000));

        Assert.Equal(200_000, (await Take.FromAsync(subscription.Msgs, 1))[0].Data!.Length);
        Assert.True(rig.Connection.ServerInfo!.TlsRequired);
    }

    [Fact]
    public async Task A_server_of_an_unknown_authority_is_refused()
    {
        await using var server = await StartAsync(verify: false);
        using var strangers = new TestCertificates();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { CaFile = strangers.Authority } });

        await Assert.ThrowsAnyAsync<Exception>(async () => await connection.ConnectAsync());
    }

    [Fact]
    public async Task The_check_can_be_switched_off()
    {
        await using var server = await StartAsync(verify: false);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { InsecureSkipVerify = true } });

        await rig.Connection.PingAsync();
    }

    [Fact]
    public async Task A_server_that_asks_for_a_certificate_gets_ours()
    {
        await using var server = await StartAsync(verify: true);
        var opts = new NatsTlsOpts { CaFile = _certificates.Authority, CertFile = _certificates.Client, KeyFile = _certificates.ClientKey };
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { TlsOpts = opts });

        await rig.Connection.PingAsync();
    }

    [Fact]
    public async Task A_server_that_asks_for_a_certificate_refuses_those_without()
    {
        await using var server = await StartAsync(verify: true);
        await using var connection = new NatsConnection(
            NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { CaFile = _certificates.Authority } });

        await Assert.ThrowsAnyAsync<Exception>(async () => await connection.ConnectAsync());
    }

    [Fact]
    public async Task Requiring_tls_of_a_server_without_fails()
    {
        await using var server = await NatsServer.StartAsync();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { Mode = TlsMode.Require } });

        await Assert.ThrowsAnyAsync<Exception>(async () => await connection.ConnectAsync());
    }

    [Fact]
    public async Task Forbidding_tls_to_a_server_that_demands_it_fails()
    {
        await using var server = await StartAsync(verify: false);
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { Mode = TlsMode.Disable } });

        await Assert.ThrowsAnyAsync<Exception>(async () => await connection.ConnectAsync());
    }

    [Fact]
    public async Task A_connection_over_tls_comes_back()
    {
        await using var server = await StartAsync(verify: false);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { CaFile = _certificates.Authority } });
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>("t");

        await server.KillAsync();
        await server.StartAgainAsync();
        await rig.Connection.PublishAsync("t", 3);

        Assert.Equal(3, (await Take.FromAsync(subscription.Msgs, 1))[0].Data);
    }

    public void Dispose() => _certificates.Dispose();

    private Task<NatsServer> StartAsync(bool verify) => NatsServer.StartConfiguredAsync($$"""
        tls { cert_file: "{{_certificates.Server}}", key_file: "{{_certificates.ServerKey}}", ca_file: "{{_certificates.Authority}}", verify: {{(verify ? "true" : "false")}} }
        """);
}
