using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>What each channel really sends, at addresses of this machine instead of its provider's.</summary>
public sealed class ChannelTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private const int First = 100;
    private const int Alerts = 40;
    private TestStorage _storage = null!;
    private Receivers _receivers = null!;

    [Theory]
    [InlineData("discord", "/discord/hook", "/discord/hook", "embeds")]
    [InlineData("slack", "/slack/hook", "/slack/hook", "blocks")]
    [InlineData("telegram", "/telegram", "/telegram/bottoken/sendMessage", "chat_id")]
    public async Task A_burst_becomes_few_messages_that_tell_every_alert(string kind, string address, string path, string field)
    {
        await AddAsync(kind, address, "token", new EndpointChoices { ChatId = "-100" });
        await RecordAsync(kind, Alerts);

        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);

        await Eventually.TrueAsync(() => DeliveredAsync(Alerts), "all is delivered");
        var bodies = _receivers.RequestsTo(path).Select(request => request.Body).ToList();
        Assert.InRange(bodies.Count, 2, 5); // as many as its provider takes at once, 20 alerts in each
        Assert.All(bodies, body => Assert.True(JsonElement.Parse(body).TryGetProperty(field, out _)));
        var all = string.Concat(bodies);
        Assert.All(Enumerable.Range(First, Alerts), number => Assert.Contains($"{number}.1", all, StringComparison.Ordinal));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_bots_token_is_in_no_line_of_the_log_however_detailed_that_is()
    {
        using var lines = new CollectedLines();
        await AddAsync("telegram", "/telegram", "123456:the-bots-token", new EndpointChoices { ChatId = "-100" });
        await RecordAsync("telegram", 1);
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, lines, Deliverer.Loopback);
        await Eventually.TrueAsync(() => DeliveredAsync(1), "it is delivered");
        await host.StopAsync();
        Assert.NotEmpty(lines.Lines);
        Assert.DoesNotContain(lines.Lines, line => line.Contains("the-bots-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_incident_is_triggered_acknowledged_and_resolved_under_one_key()
    {
        await AddAsync("pagerduty", "/pagerduty", "routing-key", EndpointChoices.None);
        await RecordAsync("pagerduty", 1);
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);
        await Eventually.TrueAsync(() => DeliveredAsync(1), "it is triggered");
        var fired = AlertEvents.Alert(First);
        Assert.True(await _storage.Get<AlertStore>().AcknowledgeAsync(fired.Event.Id, "alice"));
        await Eventually.TrueAsync(() => DeliveredAsync(2), "it is acknowledged");
        var resolved = fired with { Event = fired.Event with { Id = "end", State = AlertState.Resolved, Resolves = fired.Event.Id }, StreamSequence = 9_000 };
        await AlertEvents.RecordAsync(_storage, [resolved], new NewDelivery("end", "pagerduty"));
        await Eventually.TrueAsync(() => DeliveredAsync(3), "it is resolved");

        var events = _receivers.RequestsTo("/pagerduty/v2/enqueue").Select(request => JsonElement.Parse(request.Body)).ToList();
        Assert.Equal(["trigger", "acknowledge", "resolve"], events.Select(e => e.GetProperty("event_action").GetString()));
        Assert.All(events, e => Assert.Equal((fired.Event.Id, "routing-key"), (e.GetProperty("dedup_key").GetString(), e.GetProperty("routing_key").GetString())));
        await host.StopAsync();
    }

    [Fact]
    public async Task Mail_goes_to_everybody_named_through_the_operators_server()
    {
        await using var mail = new MailServer();
        await AddAsync("email", "", null, new EndpointChoices { To = ["ann@example.org", "bob@example.org"] });
        await RecordAsync("email", Alerts);

        using var host = await Deliverer.StartAsync(
            _storage.ConnectionString, null, ("Delivery:Smtp:Host", "127.0.0.1"), ("Delivery:Smtp:Port", mail.Port), ("Delivery:Smtp:Tls", "false"), ("Delivery:Smtp:From", "screener@example.org"));

        await Eventually.TrueAsync(() => DeliveredAsync(Alerts), "all is delivered");
        Assert.InRange(mail.Received.Count, 1, 10);
        Assert.All(mail.Received, message => Assert.Equal("ann@example.org,bob@example.org", message.To));
        await host.StopAsync();
    }

    [Theory]
    [InlineData("450 4.2.1 greylisted, try again", DeliveryState.Pending)]
    [InlineData("550 5.1.1 nobody of that name", DeliveryState.Dead)]
    public async Task A_mail_servers_refusal_is_final_only_when_it_says_so(string refusal, DeliveryState state)
    {
        await using var mail = new MailServer(refusal);
        await AddAsync("email", "", null, new EndpointChoices { To = ["ann@example.org"] });
        await RecordAsync("email", 1);
        using var host = await Deliverer.StartAsync(
            _storage.ConnectionString, null, ("Delivery:Smtp:Host", "127.0.0.1"), ("Delivery:Smtp:Port", mail.Port), ("Delivery:Smtp:Tls", "false"), ("Delivery:Smtp:From", "screener@example.org"));

        LoggedDelivery? tried = null;
        await Eventually.TrueAsync(
            async () => (tried = (await _storage.Get<DeliveryLog>().ListAsync("email", null, null, 1)).SingleOrDefault(d => d.Attempts == 1)) is not null, "it was tried once");
        Assert.Equal((state, int.Parse(refusal[..3], CultureInfo.InvariantCulture)), (tried!.State, tried.LastStatus));
        await host.StopAsync();
    }

    public async Task InitializeAsync() => (_storage, _receivers) = (await TestStorage.CreateAsync(servers), await Receivers.StartAsync());

    public async Task DisposeAsync()
    {
        await _receivers.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private Task AddAsync(string kind, string address, string? secret, EndpointChoices choices) => _storage.Get<EndpointStore>().SaveAsync(new Endpoint
    {
        Id = kind,
        Name = kind,
        Kind = kind,
        Url = new Uri(_receivers.Address, address).ToString(),
        Secrets = secret is null ? [] : [secret],
        Settings = choices.ToJson(),
    });

    private Task RecordAsync(string endpoint, int count)
    {
        var alerts = Enumerable.Range(First, count).Select(i => AlertEvents.Alert(i)).ToList();
        return AlertEvents.RecordAsync(_storage, alerts, [.. alerts.Select(alert => new NewDelivery(alert.Event.Id, endpoint))]);
    }

    private async Task<bool> DeliveredAsync(int count) => await _storage.ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE state = 1") == count;
}
