using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class AlertTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task An_alert_comes_back_as_it_was_recorded_and_recording_it_again_changes_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var alert = AlertEvents.Alert(1);
        await AlertEvents.RecordAsync(storage, [alert]);
        await AlertEvents.RecordAsync(storage, [alert with { StreamSequence = 5 }, AlertEvents.Alert(2)]);

        var read = await storage.Get<AlertStore>().FindAsync(alert.Event.Id);

        Assert.Equal(alert.StreamSequence, read!.StreamSequence);
        Assert.Equivalent(alert.Event, read.Event, strict: true);
        Assert.Equal(2, (await storage.Get<AlertStore>().SearchAsync(new AlertQuery())).Count);
        Assert.Null(await storage.Get<AlertStore>().FindAsync("no such"));
    }

    [Fact]
    public async Task A_search_finds_what_was_asked_newest_first_and_page_by_page()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        StoredAlert[] alerts =
        [
            .. Enumerable.Range(0, 10).Select(i => AlertEvents.Alert(i, i < 6 ? "BTCUSDT" : "ETHUSDT", i % 3 == 0 ? "pioneer" : "custom")),
            AlertEvents.Alert(10, owner: "alice"),
        ];
        await AlertEvents.RecordAsync(storage, alerts);
        var store = storage.Get<AlertStore>();
        async Task<List<int>> FoundAsync(AlertQuery query) => [.. (await store.SearchAsync(query)).Select(alert => (int)alert.StreamSequence - 1_000)];

        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], await FoundAsync(new AlertQuery()));
        Assert.Equal([5, 4, 3, 2, 1, 0], await FoundAsync(new AlertQuery { Symbol = "BTCUSDT" }));
        Assert.Equal([9, 6, 3, 0], await FoundAsync(new AlertQuery { RuleType = "pioneer" }));
        Assert.Equal([9, 6], await FoundAsync(new AlertQuery { RuleId = "rule-of-pioneer", Symbol = "ETHUSDT" }));
        Assert.Equal([8, 6, 4, 2, 0], await FoundAsync(new AlertQuery { AtLeast = AlertSeverity.Warning }));
        Assert.Empty(await FoundAsync(new AlertQuery { State = AlertState.Resolved }));
        Assert.Empty(await FoundAsync(new AlertQuery { Exchange = "okx-swap" }));
        Assert.Equal([5, 4, 3], await FoundAsync(new AlertQuery { Since = At(3), Until = At(5) }));
        Assert.Equal([10, 9], await FoundAsync(new AlertQuery { VisibleTo = "alice", Limit = 2 }));
        Assert.Equal([9, 8], await FoundAsync(new AlertQuery { VisibleTo = "bob", Limit = 2 }));
        Assert.Equal([10, 9], await FoundAsync(new AlertQuery { OfEveryOwner = true, Limit = 2 }));
        Assert.Equal([7, 6], await FoundAsync(new AlertQuery { After = (At(8), "alert-008"), Limit = 2 }));
    }

    [Fact]
    public async Task A_client_resumes_in_stream_order()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [.. Enumerable.Range(0, 5).Select(i => AlertEvents.Alert(i))]);
        var resumed = await storage.Get<AlertStore>().AfterSequenceAsync(1_001, 2);
        Assert.Equal([1_002L, 1_003], resumed.Select(alert => alert.StreamSequence));
    }

    [Fact]
    public async Task The_first_acknowledgement_counts()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)]);
        var store = storage.Get<AlertStore>();
        Assert.True(await store.AcknowledgeAsync("alert-001", "alice"));
        Assert.False(await store.AcknowledgeAsync("alert-001", "bob"));
        Assert.False(await store.AcknowledgeAsync("no such", "bob"));
        var alert = await store.FindAsync("alert-001");
        Assert.Equal("alice", alert!.AcknowledgedBy);
        Assert.NotNull(alert.AcknowledgedAt);
    }

    private static long At(int minute) => new DateTimeOffset(AlertEvents.Noon.AddMinutes(minute)).ToUnixTimeMilliseconds();
}
