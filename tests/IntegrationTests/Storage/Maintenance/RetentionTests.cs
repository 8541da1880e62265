using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Storage.Candles;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Maintenance;

public sealed class RetentionTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const long DayMs = 86_400_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(CandleRows.Noon);

    [Fact]
    public async Task Each_kind_of_candle_is_kept_as_long_as_its_timeframe_says()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        int[] ages = [0, 80, 100, 250, 1_000];
        Timeframe[] timeframes = [Timeframe.OneMinute, new(15), new(60)];
        await storage.Get<CandleWriter>().WriteAsync(ages.SelectMany(age => timeframes.Select(timeframe => RowOf(timeframe, age))).ToArray());

        await storage.Get<Retention>().RunAsync(Now, CancellationToken.None);

        Assert.Equal(["1 80", "15 100", "60 250"], await OldestAsync(storage));
        Assert.Equal(9, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
    }

    [Fact]
    public async Task What_was_dropped_can_be_written_again()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var old = new[] { RowOf(Timeframe.OneMinute, 200) };
        await storage.Get<CandleWriter>().WriteAsync(old);
        await storage.Get<Retention>().RunAsync(Now, CancellationToken.None);
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
        await storage.Get<CandleWriter>().WriteAsync(old);
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
    }

    [Fact]
    public async Task A_worker_that_knew_a_span_which_another_dropped_recovers_by_itself()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var other = new TestStorage(storage.ConnectionString);
        var old = new[] { RowOf(Timeframe.OneMinute, 200) };
        await storage.Get<CandleWriter>().WriteAsync(old);
        await other.Get<Retention>().RunAsync(Now, CancellationToken.None);

        await storage.Get<CandleWriter>().WriteAsync(old);

        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
    }

    [Fact]
    public async Task A_table_that_is_read_for_long_is_tried_once_and_left_to_the_next_round_and_the_others_are_not()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<CandleWriter>().WriteAsync(new[] { RowOf(Timeframe.OneMinute, 200), RowOf(new(15), 400) });
        await using (await LockedTable.ReadAsync(storage, "candles_minute"))
        {
            await storage.Get<Retention>().RunAsync(Now, CancellationToken.None);
            Assert.Equal(["1 200"], await OldestAsync(storage));
            await storage.Get<CandleWriter>().WriteAsync(new[] { RowOf(Timeframe.OneMinute, 199) });
        }

        await storage.Get<Retention>().RunAsync(Now, CancellationToken.None);
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
    }

    [Fact]
    public async Task Old_alerts_go_with_their_deliveries_and_old_attempts_go_alone()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<EndpointStore>().EnsureAsync(new Endpoint { Id = "hook", Name = "hook", Kind = "webhook", Url = "https://example.org/" });
        var alerts = new[] { AlertEvents.Alert(0), AlertEvents.Alert(1) };
        alerts[0] = alerts[0] with { Event = alerts[0].Event with { Timestamp = AlertEvents.Noon.AddDays(-400) } };
        await AlertEvents.RecordAsync(storage, alerts, new NewDelivery("alert-000", "hook"), new NewDelivery("alert-001", "hook"));
        await storage.ExecuteAsync("""
            INSERT INTO attempts (delivery_id, number, at, duration_ms)
            SELECT id, n, timestamptz '2026-11-20 12:00Z' - n * interval '20 days', 5 FROM deliveries, generate_series(1, 2) AS n
            """);

        await storage.Get<Retention>().RunAsync(Now, CancellationToken.None);

        Assert.Equal(["alert-001"], await storage.ScalarAsync<string[]>("SELECT array_agg(alert_id) FROM deliveries JOIN alerts ON alerts.id = alert_id"));
        Assert.Equal("1", await storage.ScalarAsync<string>("SELECT string_agg(number::text, ' ') FROM attempts"));
    }

    [Fact]
    public async Task A_silence_that_ended_goes_with_the_alerts_of_its_time()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.ExecuteAsync("""
            INSERT INTO silences (matchers, starts_at, ends_at, comment)
            SELECT '{}', timestamptz '2026-11-20 12:00Z' - interval '500 days', timestamptz '2026-11-20 12:00Z' - age * interval '1 day', age::text
            FROM unnest(ARRAY[400, 300, -1]) AS age
            """);

        await storage.Get<Retention>().RunAsync(Now, CancellationToken.None);

        Assert.Equal("-1 300", await storage.ScalarAsync<string>("SELECT string_agg(comment, ' ' ORDER BY ends_at DESC) FROM silences"));
    }

    private static CandleRow RowOf(Timeframe timeframe, int ageInDays) => new(
        1, timeframe, CandleRows.Row(1, 0).Candle with { OpenTime = CandleRows.Noon - (ageInDays * DayMs) }, CandleSource.Backfill);

    private static Task<string[]> OldestAsync(TestStorage storage) => storage.ScalarAsync<string[]>("""
        SELECT array_agg(timeframe || ' ' || age ORDER BY timeframe)
        FROM (SELECT timeframe, extract(day FROM timestamptz '2026-11-20 12:00Z' - min(open_time))::integer AS age FROM candles GROUP BY timeframe) AS t
        """);
}
