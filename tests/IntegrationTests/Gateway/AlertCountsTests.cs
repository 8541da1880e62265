using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Gateway;

public sealed class AlertCountsTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private readonly ManualTime _time = new(new DateTimeOffset(AlertEvents.Noon.AddHours(1)));

    [Fact]
    public async Task Everybody_gets_the_counts_of_what_they_may_see_however_many_ask()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2, owner: "alice"), AlertEvents.Alert(3, owner: "bob"), AlertEvents.Alert(4, owner: "bob")]);
        using var counts = new AlertCounts(storage.Get<AlertSummaries>(), _time);
        async Task<long> TotalAsync(Account account, int hours = 24) => (await counts.OfAsync(hours, account, CancellationToken.None)).Total;

        var all = await Task.WhenAll(
            TotalAsync(Account.Anonymous), TotalAsync(Somebody("alice")), TotalAsync(Somebody("bob")), TotalAsync(Somebody("root", Role.Admin)), TotalAsync(Somebody("alice")));
        Assert.Equal([1, 2, 3, 4, 2], all);
        Assert.Equal(4, (await counts.LastDayAsync(CancellationToken.None))["rule-of-custom"]);
        for (var hours = 1; hours <= 600; hours++) Assert.Equal(2, await TotalAsync(Somebody("alice"), hours));
    }

    private static Account Somebody(string name, Role role = Role.Trader) => new(name, name, role, []);
}
