using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>Receivers whose answers are no HTTP, or half of it: whatever they say is kept from doing harm to others.</summary>
public sealed class OddReceiverTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private TestStorage _storage = null!;

    [Fact]
    public async Task Zeros_in_an_answer_stop_nobody_elses_deliveries()
    {
        await using var zeros = new OddReceiver("\0\0\0\0\0\0\0\0\r\n\r\n"u8);
        await using var healthy = new OddReceiver("HTTP/1.1 204 Fine\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
        await AddAsync("zeros", zeros);
        await AddAsync("healthy", healthy);
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);

        await RecordAsync(1, "zeros");
        await Eventually.TrueAsync(async () => await AttemptsAsync("zeros") > 0, "the odd answer is in the log");
        await RecordAsync(2, "healthy");
        await Eventually.TrueAsync(async () => await StateAsync("healthy") == DeliveryState.Delivered, "the healthy one is served");
        await host.StopAsync();
    }

    [Fact]
    public async Task What_was_accepted_is_not_sent_again_because_the_words_behind_it_broke_off()
    {
        await using var breaking = new OddReceiver("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"u8);
        await AddAsync("breaking", breaking);
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);

        await RecordAsync(1, "breaking");
        await Eventually.TrueAsync(async () => await StateAsync("breaking") == DeliveryState.Delivered, "it counts as delivered");
        Assert.Equal(1, breaking.Requests);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("{\"retry_after\":null}")]
    [InlineData("{\"retry_after\":\"5\"}")]
    [InlineData("{\"parameters\":[],\"retry_after\":{}}")]
    public async Task One_that_is_gone_is_gone_whatever_it_says_of_waiting(string body)
    {
        await using var gone = new OddReceiver(System.Text.Encoding.UTF8.GetBytes($"HTTP/1.1 410 Gone\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        await AddAsync("gone", gone);
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);

        await RecordAsync(1, "gone");
        await Eventually.TrueAsync(async () => (await _storage.Get<EndpointStore>().FindAsync("gone", CancellationToken.None))!.DisabledReason == "answered 410", "it is switched off");
        await host.StopAsync();
    }

    [Fact]
    public async Task One_that_asks_for_a_century_is_asked_again_the_next_day()
    {
        await using var far = new OddReceiver("HTTP/1.1 503 Later\r\nRetry-After: 2147483647\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
        await AddAsync("far", far);
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);

        await RecordAsync(1, "far");
        await Eventually.TrueAsync(async () => await AttemptsAsync("far") == 1, "it has answered");
        Assert.True(await _storage.ScalarAsync<bool>("SELECT max(due_at) < now() + interval '30 hours' FROM deliveries"));
        await host.StopAsync();
    }

    [Fact]
    public async Task An_endpoint_that_is_switched_on_again_has_a_clean_record()
    {
        var store = _storage.Get<EndpointStore>();
        var endpoint = new Endpoint { Id = "again", Name = "again", Kind = "webhook", Url = "http://127.0.0.1:1/" };
        await store.SaveAsync(endpoint);
        await _storage.ExecuteAsync("UPDATE endpoints SET failing_since = now() - interval '6 days'");
        await store.SaveAsync(endpoint with { Name = "renamed" });
        Assert.True(await _storage.ScalarAsync<bool>("SELECT failing_since IS NOT NULL FROM endpoints")); // it still fails
        await store.DisableAsync("again", "failing for five days");
        await store.SaveAsync(endpoint);
        Assert.True(await _storage.ScalarAsync<bool>("SELECT failing_since IS NULL FROM endpoints"));
    }

    public async Task InitializeAsync() => _storage = await TestStorage.CreateAsync(servers);

    public async Task DisposeAsync() => await _storage.DisposeAsync();

    private Task AddAsync(string id, OddReceiver receiver) =>
        _storage.Get<EndpointStore>().SaveAsync(new Endpoint { Id = id, Name = id, Kind = "webhook", Url = receiver.Address.ToString() });

    private Task<long> AttemptsAsync(string endpoint) =>
        _storage.ScalarAsync<long>($"SELECT count(*) FROM attempts a JOIN deliveries d ON d.id = a.delivery_id WHERE d.endpoint_id = '{endpoint}'");

    private async Task<DeliveryState> StateAsync(string endpoint) =>
        (DeliveryState)await _storage.ScalarAsync<short>($"SELECT min(state)::smallint FROM deliveries WHERE endpoint_id = '{endpoint}'");

    private Task RecordAsync(int number, string endpoint)
    {
        var stored = AlertEvents.Alert(number);
        return AlertEvents.RecordAsync(_storage, [stored], [new NewDelivery(stored.Event.Id, endpoint)]);
    }
}
