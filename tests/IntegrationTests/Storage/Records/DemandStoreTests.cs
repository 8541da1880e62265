using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class DemandStoreTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Demands_keep_the_order_in_which_they_came_and_are_bounded()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        Assert.Empty(await demands.NoteAsync(["rsi(7,1h)"], []));
        Assert.Empty(await demands.NoteAsync(["ema(5,1m)", "rsi(7,1h)"], ["price"]));
        Assert.Equal(["rsi(7,1h)", "ema(5,1m)"], await demands.NamesAsync());

        // Several at once never find more room than there is.
        string[] asked = [.. Enumerable.Range(0, 100).Select(i => $"sma({i + 300},1m)")];
        var refused = await Task.WhenAll(asked.Chunk(10).Select(names => demands.NoteAsync(names, [.. asked, "rsi(7,1h)", "ema(5,1m)"])));
        Assert.Equal(100 - (DemandStore.Most - 2), refused.Sum(names => names.Count));
        Assert.Equal(DemandStore.Most, (await demands.NamesAsync()).Count);
    }

    [Fact]
    public async Task What_nobody_used_for_an_hour_makes_room_for_what_is_asked_for()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        string[] much = [.. Enumerable.Range(0, DemandStore.Most).Select(i => $"sma({i + 300},1m)")];
        Assert.Empty(await demands.NoteAsync(much, much));
        Assert.Equal([new Refusal("rsi(7,1h)")], await demands.NoteAsync(["rsi(7,1h)"], ["rsi(7,1h)"])); // or each edit of a rule were a new plan
        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '61 minutes'");
        Assert.Equal([new Refusal("rsi(7,1h)")], await demands.NoteAsync(["rsi(7,1h)"], [.. much, "rsi(7,1h)"]));
        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '61 minutes'");

        Assert.Empty(await demands.NoteAsync(["rsi(7,1h)"], ["rsi(7,1h)", much[0]]));

        Assert.Equal([much[0], .. much[2..], "rsi(7,1h)"], await demands.NamesAsync()); // no more of them than had to
    }

    [Fact]
    public async Task Pages_have_a_part_of_the_room_and_make_way_for_rules()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        string[] ofRules = [.. Enumerable.Range(0, DemandStore.Most - 3).Select(i => $"sma({i + 300},1m)")];
        Assert.Empty(await demands.NoteAsync(ofRules, ofRules));

        Assert.Equal([new Refusal("ema(5,1m)")], await demands.NotePagesAsync(["ema(3,1m)", "ema(4,1m)", "ema(5,1m)"], [], share: 2));
        Assert.Equal([new Refusal("ema(6,1m)")], await demands.NotePagesAsync(["ema(6,1m)", ofRules[0]], [], share: 2)); // what rules use counts for nobody else
        Assert.Empty(await demands.NotePagesAsync(["ema(6,1m)"], [], share: 3));
        Assert.Equal([new Refusal("ema(7,1m)")], await demands.NotePagesAsync(["ema(7,1m)"], [], share: 9)); // the room of all is full

        // A rule does not wait for an hour: the page's longest unused goes.
        Assert.Empty(await demands.NoteAsync(["rsi(7,1h)"], [.. ofRules, "rsi(7,1h)"]));
        Assert.Equal([.. ofRules, "ema(4,1m)", "ema(6,1m)", "rsi(7,1h)"], await demands.NamesAsync());

        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '61 minutes'");
        Assert.Empty(await demands.NotePagesAsync(["ema(7,1m)"], ["ema(4,1m)"], share: 2));
        Assert.Equal([.. ofRules, "ema(4,1m)", "rsi(7,1h)", "ema(7,1m)"], await demands.NamesAsync()); // of rules none went, however long ago
    }

    [Fact]
    public async Task Who_is_over_their_share_makes_nothing_go_unless_it_makes_room_for_what_they_ask_for()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        string[] ofAccounts = [.. Enumerable.Range(10, 16).Select(i => $"ema({i},1m)")];
        Assert.Empty(await demands.NotePagesAsync(ofAccounts, [], share: 16));
        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '61 minutes' WHERE position <= (SELECT min(position) + 4 FROM metric_demands)");

        Assert.Equal([new Refusal("rsi(7,1h)")], await demands.NotePagesAsync(["rsi(7,1h)"], [], share: 8)); // the five that may go would leave eleven
        Assert.Equal(ofAccounts, await demands.NamesAsync());

        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '61 minutes'");
        Assert.Empty(await demands.NotePagesAsync(["rsi(7,1h)"], [], share: 8));
        Assert.Equal([.. ofAccounts[9..], "rsi(7,1h)"], await demands.NamesAsync());
    }

    [Fact]
    public async Task What_calculators_object_to_is_told_with_their_reason_until_they_take_it_back()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        string[] asked = ["rsi(14,2h)", "rsi(7,1h)"];
        Assert.Empty(await demands.NoteAsync(asked, []));
        Demand[] found = [new("rsi(14,2h)", "no bars of 2h"), new("rsi(7,1h)")];
        await demands.JudgeAsync(found);
        Assert.Equal(found, await demands.ListAsync());
        Assert.Equal([new Refusal("rsi(14,2h)", "no bars of 2h")], await demands.NoteAsync(asked, asked));
        Assert.Equal([new Refusal("rsi(14,2h)", "no bars of 2h")], await demands.NotePagesAsync(asked, [], share: 16));
        Assert.Empty(await demands.NotePagesAsync(["rsi(7,1h)"], ["rsi(14,2h)"], share: 16)); // of what is not asked for nothing is said

        var before = await WritesAsync();
        await demands.JudgeAsync(found);
        Assert.Equal(before, await WritesAsync());

        await demands.JudgeAsync([new("rsi(14,2h)")]);
        Assert.Empty(await demands.NoteAsync(asked, []));

        Task<string> WritesAsync() => storage.ScalarAsync<string>("SELECT string_agg(xmin::text, ' ' ORDER BY position) FROM metric_demands");
    }

    [Fact]
    public async Task What_calculators_object_to_takes_no_room_and_is_not_kept_without_end()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        string[] much = [.. Enumerable.Range(0, DemandStore.Most).Select(i => $"sma({i + 300},2h)")];
        Assert.Empty(await demands.NoteAsync(much, much));
        await demands.JudgeAsync([.. much.Select(name => new Demand(name, "no bars of 2h"))]);

        Assert.Empty(await demands.NotePagesAsync(["ema(3,1m)"], [], share: 1));
        Assert.Empty(await demands.NoteAsync(["rsi(7,1h)"], [.. much, "rsi(7,1h)"])); // rules look at them as before
        Assert.Equal([.. much, "ema(3,1m)", "rsi(7,1h)"], await demands.NamesAsync());
        Assert.Empty(await demands.NotePagesAsync([], ["ema(3,1m)"], share: 1));

        await demands.JudgeAsync([new("ema(3,1m)", "no bars of 1m")]);
        Assert.Empty(await demands.NotePagesAsync(["ema(4,1m)"], [], share: 1));
        Assert.Equal([.. much, "ema(3,1m)", "rsi(7,1h)", "ema(4,1m)"], await demands.NamesAsync()); // one too many, but all in use
        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '61 minutes'");
        await demands.JudgeAsync([new("rsi(7,1h)", "no bars of 1h")]);
        Assert.Equal([.. much[2..], "ema(3,1m)", "rsi(7,1h)", "ema(4,1m)"], await demands.NamesAsync());
    }

    [Fact]
    public async Task What_nobody_used_for_a_month_is_forgotten()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        await demands.NoteAsync(["rsi(7,1h)", "ema(5,1m)"], []);
        await storage.ExecuteAsync("UPDATE metric_demands SET last_used_at = now() - interval '40 days'");
        await demands.NoteAsync([], ["ema(5,1m)", "price"]);
        await storage.Get<MaintenanceService>().RunOnceAsync(CancellationToken.None);
        Assert.Equal(["ema(5,1m)"], await demands.NamesAsync());
    }
}
