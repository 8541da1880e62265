using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Silences;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class SilenceTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const long Hour = 3_600_000;
    private static readonly long Now = DateTimeOffset.Parse("2026-11-21T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
    private static readonly Silence Maintenance = new()
    {
        Matchers = new SilenceMatchers { Exchange = "okx-swap", Symbol = "BTC*", Severity = AlertSeverity.Warning },
        StartsAt = 0,
        EndsAt = Now + (1_000_000 * Hour),
        Reason = "maintenance",
        CreatedBy = "admin",
    };

    [Fact]
    public async Task A_silence_comes_back_as_it_was_stored_and_begins_now_at_the_earliest()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<SilenceStore>();
        var added = await store.AddAsync(Maintenance);
        Assert.True(added.StartsAt > Now - (1_000_000 * Hour));
        Assert.Equal(Maintenance with { Id = added.Id, StartsAt = added.StartsAt }, added);
        Assert.Equal(added, await store.FindAsync(added.Id));
        Assert.Equal([added], await store.ListAsync(Now));
        Assert.Empty(await store.ListAsync(Maintenance.EndsAt));
    }

    [Fact]
    public async Task A_change_leaves_the_beginning_of_a_silence_that_has_begun_and_its_owner()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<SilenceStore>();
        var added = await store.AddAsync(Maintenance with { Owner = "alice" });
        var changed = await store.ReplaceAsync(added with { StartsAt = added.EndsAt - 1, Reason = "longer", Matchers = new SilenceMatchers { RuleId = "r" } });
        Assert.Equal(added with { Reason = "longer", Matchers = new SilenceMatchers { RuleId = "r" } }, changed);
        Assert.Null(await store.ReplaceAsync(added with { Owner = "bob" }));
        Assert.Null(await store.ReplaceAsync(added with { Id = 99 }));

        var planned = await store.AddAsync(Maintenance with { StartsAt = Maintenance.EndsAt - Hour });
        Assert.Equal(Maintenance.EndsAt - 5, (await store.ReplaceAsync(planned with { StartsAt = Maintenance.EndsAt - 5 }))!.StartsAt);
    }

    [Fact]
    public async Task Ending_a_silence_keeps_what_it_was_and_ends_it_once()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<SilenceStore>();
        var added = await store.AddAsync(Maintenance);
        Assert.True(await store.EndAsync(added.Id));
        Assert.False(await store.EndAsync(added.Id));
        var ended = await store.FindAsync(added.Id);
        Assert.True(ended!.EndsAt < Maintenance.EndsAt && ended.EndsAt >= added.StartsAt);
        Assert.Null(await store.ReplaceAsync(added));

        var planned = await store.AddAsync(Maintenance with { StartsAt = Maintenance.EndsAt - Hour });
        Assert.True(await store.EndAsync(planned.Id));
        Assert.Null(await store.FindAsync(planned.Id));
    }
}
