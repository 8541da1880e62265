using System.Globalization;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Access;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>A gateway that did not hear of a revocation, and the network to its database.</summary>
public sealed class RevokedKeyTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task A_key_that_was_refused_stays_refused_while_the_database_is_away_and_others_go_on()
    {
        var direct = new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync());
        await using var link = new FaultyLink("PostgreSQL", direct.Port);
        await using var storage = new TestStorage(new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = int.Parse(link.Port, CultureInfo.InvariantCulture) }.ConnectionString);
        var (keys, time) = (storage.Get<ApiKeyStore>(), new ManualTime());
        using var uses = new AccountUse(keys, storage.Get<ActivityStore>(), time);
        var reader = new AccountReader(keys, tokens: null!, new AccountCache(time), uses, time);
        var (revoked, good) = (await AddAsync("revoked"), await AddAsync("good"));
        Assert.True(await IsKnownAsync(revoked));
        Assert.True(await IsKnownAsync(good));

        await keys.RevokeAsync("key_revoked", null);
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.False(await IsKnownAsync(revoked));
        link.Become(LinkState.Cut);
        Assert.False(await IsKnownAsync(revoked));
        Assert.True(await IsKnownAsync(good));

        async Task<bool> IsKnownAsync(string key) => (await reader.ReadAsync(key, CancellationToken.None)).IsKnown;

        async Task<string> AddAsync(string name)
        {
            var text = ApiKeyText.New();
            await keys.AddAsync(new ApiKey($"key_{name}", "alice", "reader", name, ApiKeyText.ShownOf(text), [], 1, null), ApiKeyText.HashOf(text));
            return text;
        }
    }
}
