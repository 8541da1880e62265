namespace CryptoScreener.IntegrationTests.Gateway;

[CollectionDefinition(Name)]
public sealed class GatewayRest : ICollectionFixture<GatewayFixture>
{
    public const string Name = "gateway over REST";
}
