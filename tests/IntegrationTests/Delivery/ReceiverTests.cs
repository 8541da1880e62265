using System.Net;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

public sealed class ReceiverTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private const int BreakerOpened = 6560;
    private const int BreakerClosed = 6561;
    private const int Alerts = 50;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private TestStorage _storage = null!;
    private Receivers _receivers = null!;

    [Fact]
    public async Task Receivers_of_every_temper_are_treated_as_they_deserve_and_the_healthy_one_misses_nothing()
    {
        string[] paths = ["/ok", "/silent", "/reset", "/redirecting", "/busy", "/abort", "/gone", "/oversize"];
        foreach (var path in paths) await AddAsync(path);
        await RecordAsync(Alerts, paths);

        using var lines = new CollectedLines();
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, lines, Deliverer.Loopback, ("Delivery:TimeoutSeconds", "1"));

        await Eventually.TrueAsync(async () => (await LogAsync("/ok", DeliveryState.Delivered)).Count == Alerts, "the healthy one has everything");
        await Eventually.TrueAsync(async () => (await LogAsync("/oversize", DeliveryState.Delivered)).Count == Alerts, "so has the one that talks too much");
        await Eventually.TrueAsync(async () => (await LogAsync("/abort", DeliveryState.Dead)).Count == Alerts, "what was refused for good is dead");
        await Eventually.TrueAsync(async () => (await LogAsync("/gone", DeliveryState.Dead)).Count == Alerts, "so is what waited for one that is gone");
        Assert.Equal(Alerts, _receivers.AcceptedBy("/ok").Select(request => request.Id).Distinct().Count());
        Assert.Equal(Alerts, _receivers.RequestsTo("/ok").Count);

        await FirstErrorAsync("/silent", "no answer within 1 s", null);
        await FirstErrorAsync("/redirecting", "redirects are not followed", 302);
        await FirstErrorAsync("/busy", "answered 429", 429);
        await FirstErrorAsync("/reset", "(reset by peer|ended prematurely)", null);
        // Their circuits are open, and nobody else's: who refuses a message, or is gone, has answered.
        string[] unwell = ["/busy", "/redirecting", "/reset", "/silent"];
        await Eventually.TrueAsync(() => unwell.SequenceEqual(lines.EndpointsOf(BreakerOpened).Order(StringComparer.Ordinal)), "those that take nothing are told once each");
        Assert.Empty(lines.EndpointsOf(BreakerClosed));
        Assert.Empty(_receivers.RequestsTo("/ok/stolen"));
        Assert.True((await LogAsync("/busy", DeliveryState.Pending)).Where(d => d.Attempts == 1).All(d => d.DueAt > d.CreatedAt + 3_500_000));
        Assert.InRange(_receivers.RequestsTo("/busy").Count, 1, 16); // as many as ran at once before the first answer
        var gone = (await _storage.Get<EndpointStore>().ListAsync()).Single(endpoint => endpoint.Id == "/gone");
        Assert.Equal((false, "answered 410"), (gone.Enabled, gone.DisabledReason));
        await host.StopAsync();
    }

    [Fact]
    public async Task Endpoints_that_never_answer_leave_room_for_those_that_do()
    {
        // More than run at once, and all before the healthy one, whatever they are sorted by.
        var silent = Enumerable.Range(0, 40).Select(i => $"/silent/{i:00}").ToArray();
        foreach (var path in silent) await AddAsync(path);
        await AddAsync("/well");
        await RecordAsync(Alerts, [.. silent, "/well"]);

        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback, ("Delivery:TimeoutSeconds", "60"), ("Delivery:Parallel", "64"));

        await Eventually.TrueAsync(() => _receivers.AcceptedBy("/well").Count == Alerts, "the healthy one has everything");
        Assert.Equal(0, await _storage.ScalarAsync<long>("SELECT count(*) FROM attempts a JOIN deliveries d ON d.id = a.delivery_id WHERE d.endpoint_id LIKE '/silent%'"));
        Assert.All(silent, path => Assert.NotEmpty(_receivers.RequestsTo(path)));
        await _receivers.DisposeAsync(); // else the worker would wait for their answers
        await host.StopAsync();
    }

    [Fact]
    public async Task One_that_answers_late_but_in_time_gets_everything_at_the_first_attempt()
    {
        await AddAsync("/slow");
        await RecordAsync(Alerts, ["/slow"]);
        using var lines = new CollectedLines();
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, lines, Deliverer.Loopback, ("Delivery:TimeoutSeconds", "60"));
        await Eventually.TrueAsync(async () => (await LogAsync("/slow", DeliveryState.Delivered)).Count == Alerts, "the slow one has everything");
        Assert.Equal(Alerts, _receivers.RequestsTo("/slow").Count);
        Assert.Equal(Alerts, await _storage.ScalarAsync<long>($"SELECT count(*) FROM attempts WHERE duration_ms >= {Receivers.SlowAnswer.TotalMilliseconds - 20}"));
        Assert.Empty(lines.EndpointsOf(BreakerOpened));
        await host.StopAsync();
    }

    [Fact]
    public async Task After_a_410_nothing_more_is_sent()
    {
        await AddAsync("/gone");
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);
        await RecordAsync(1, ["/gone"]);
        await Eventually.TrueAsync(async () => (await LogAsync("/gone", DeliveryState.Dead)).Count == 1, "the first one is dead");
        await Eventually.TrueAsync(async () => (await _storage.Get<EndpointStore>().ListAsync()).All(endpoint => !endpoint.Enabled), "it is switched off");

        await RecordAsync(Alerts, ["/gone"]);
        await AddAsync("/ok");
        await RecordAsync(Alerts, ["/ok"]);
        await Eventually.TrueAsync(() => _receivers.AcceptedBy("/ok").Count == Alerts, "others go on");

        Assert.Single(_receivers.RequestsTo("/gone"));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_private_address_is_not_reached_whether_written_or_resolved_at_first_or_later()
    {
        var port = _receivers.Address.Port;
        var answers = new Queue<IPAddress>([IPAddress.Parse("203.0.113.1"), IPAddress.Loopback]);
        await AddAsync("/literal");
        await AddAsync("/named", $"http://internal.example:{port}/named");
        await AddAsync("/rebinding", $"http://rebinding.example:{port}/rebinding");
        await AddAsync("/mixed", $"http://mixed.example:{port}/mixed");
        await RecordAsync(1, ["/literal", "/named", "/rebinding", "/mixed"]);

        using var host = await Deliverer.StartAsync(_storage.ConnectionString, ResolveAsync);

        string[] guarded = ["/literal", "/named", "/rebinding", "/mixed"];
        foreach (var path in guarded) await FirstErrorAsync(path, "is not a public address", null);
        // The second attempt comes after five seconds; then the name answers with our own machine.
        await Eventually.TrueAsync(async () => (await LogAsync("/rebinding", DeliveryState.Pending)).Any(d => d.Attempts >= 2), "it was tried again");
        Assert.All(guarded, path => Assert.Empty(_receivers.RequestsTo(path)));
        await host.StopAsync();

        Task<IPAddress[]> ResolveAsync(string host, CancellationToken stop) => Task.FromResult<IPAddress[]>(host switch
        {
            "mixed.example" => [IPAddress.Parse("1.1.1.1"), IPAddress.Parse("10.0.0.1")],
            "rebinding.example" => [answers.Count > 1 ? answers.Dequeue() : answers.Peek()],
            _ => [IPAddress.Loopback],
        });
    }

    [Fact]
    public async Task What_is_too_old_for_its_endpoint_expires_and_a_test_is_sent_once()
    {
        await AddAsync("/ok", settings: """{"max_age_seconds": 60}""");
        await AddAsync("/escalated", settings: """{"max_age_seconds": 60}""");
        await RecordAsync(3, ["/ok"]); // of a day long ago
        await AlertEvents.RecordAsync(_storage, [AlertEvents.Alert(0)], new NewDelivery(AlertEvents.Alert(0).Event.Id, "/escalated", TimeSpan.Zero, Step: 1)); // due now
        var test = await _storage.Get<DeliveryLog>().TestAsync("/ok");

        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, Deliverer.Loopback);

        await Eventually.TrueAsync(async () => (await LogAsync("/ok", DeliveryState.Expired)).Count == 3, "the old ones have expired");
        await Eventually.TrueAsync(() => _receivers.AcceptedBy("/ok").Count == 1, "the test was sent");
        await Eventually.TrueAsync(() => _receivers.AcceptedBy("/escalated").Count == 1, "the escalation was sent, however old its alert");
        Assert.Equal(test, _receivers.AcceptedBy("/ok").Single().Id);
        Assert.Contains("\"alert.test\"", _receivers.AcceptedBy("/ok").Single().Body, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_receiver_that_is_down_is_asked_rarely_and_gets_everything_once_it_is_back()
    {
        await AddAsync("/flapping");
        await RecordAsync(Alerts, ["/flapping"]);
        _receivers.IsDown = true;
        using var lines = new CollectedLines();
        using var host = await Deliverer.StartAsync(_storage.ConnectionString, null, lines, Deliverer.Loopback);
        await Eventually.TrueAsync(() => lines.EndpointsOf(BreakerOpened).Any(), "it was asked and refused, and its circuit is open");
        _receivers.IsDown = false;

        await _storage.ExecuteAsync("UPDATE deliveries SET due_at = now() WHERE state = 0 AND claim_id IS NULL"); // instead of waiting five minutes
        await Eventually.TrueAsync(async () => (await LogAsync("/flapping", DeliveryState.Delivered)).Count >= Alerts - 16, "most has come");
        await _storage.ExecuteAsync("UPDATE deliveries SET due_at = now() WHERE state = 0 AND claim_id IS NULL");
        await Eventually.TrueAsync(async () => (await LogAsync("/flapping", DeliveryState.Delivered)).Count == Alerts, "all has come");
        Assert.Equal(Alerts, _receivers.AcceptedBy("/flapping").Select(request => request.Id).Distinct().Count());
        Assert.Equal(["/flapping"], lines.EndpointsOf(BreakerOpened));
        Assert.Equal(["/flapping"], lines.EndpointsOf(BreakerClosed));
        Assert.InRange(_receivers.RequestsTo("/flapping").Count - _receivers.AcceptedBy("/flapping").Count, 5, 32);
        await host.StopAsync();
    }

    public async Task InitializeAsync() => (_storage, _receivers) = (await TestStorage.CreateAsync(servers), await Receivers.StartAsync());

    public async Task DisposeAsync()
    {
        await _receivers.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private Task AddAsync(string path, string? url = null, string settings = "{}") => _storage.Get<EndpointStore>().SaveAsync(new Endpoint
    {
        Id = path,
        Name = path,
        Kind = "webhook",
        Url = url ?? new Uri(_receivers.Address, path).ToString(),
        Secrets = [Secret],
        Settings = settings,
    });

    private Task RecordAsync(int count, string[] paths)
    {
        var alerts = Enumerable.Range(0, count).Select(i => AlertEvents.Alert(i)).ToList();
        return AlertEvents.RecordAsync(_storage, alerts, [.. alerts.SelectMany(alert => paths.Select(path => new NewDelivery(alert.Event.Id, path)))]);
    }

    private Task<List<LoggedDelivery>> LogAsync(string path, DeliveryState? state) => _storage.Get<DeliveryLog>().ListAsync(path, state, null, 1_000);

    private async Task FirstErrorAsync(string path, string error, int? status)
    {
        LoggedAttempt? first = null;
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var delivery in await LogAsync(path, null))
                    first ??= (await _storage.Get<DeliveryLog>().AttemptsAsync(delivery.Id)).FirstOrDefault();
                return first is not null;
            },
            $"{path} was tried");
        Assert.Matches(error, first!.Error!);
        Assert.Equal(status, first.Status);
    }
}
