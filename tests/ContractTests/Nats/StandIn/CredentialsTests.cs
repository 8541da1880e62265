using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class CredentialsTests
{
    public static TheoryData<NatsAuthOpts> Unsupported => new(
        new NatsAuthOpts { NKey = "U...", Seed = "SU..." },
        new NatsAuthOpts { Jwt = "ey...", Seed = "SU..." },
        new NatsAuthOpts { CredsFile = "user.creds" },
        new NatsAuthOpts { NKeyFile = "user.nk" });

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void Key_credentials_are_refused_with_a_way_out(NatsAuthOpts auth)
    {
        var error = Assert.Throws<NotSupportedException>(() => new NatsConnection(NatsOpts.Default with { AuthOpts = auth }));

        Assert.Contains("UseUpstreamPackages", error.Message, StringComparison.Ordinal);
    }
}
