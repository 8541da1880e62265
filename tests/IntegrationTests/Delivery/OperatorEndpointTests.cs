using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.IntegrationTests.Delivery;

public sealed class OperatorEndpointTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const string Id = "operator-webhook";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Another = "whsec_AAKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Third = "whsec_BBKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task A_start_adds_it_once_and_later_changes_only_what_the_configuration_says()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await StartOnceAsync(storage, "https://a.example/", Secret);
        var store = storage.Get<EndpointStore>();
        var added = (await store.FindAsync(Id))!;
        Assert.Equal(("https://a.example/", Secret, true), (added.Url, Assert.Single(added.Secrets), added.Enabled));

        await store.SaveAsync(added with { Secrets = [Another, Secret], Settings = """{"max_age_seconds": 60}""", Paused = true });
        await StartOnceAsync(storage, "https://b.example/", Another);

        var moved = (await store.FindAsync(Id))!;
        Assert.Equal(("https://b.example/", """{"max_age_seconds": 60}""", true), (moved.Url, moved.Settings, moved.Paused));
        Assert.Equal(Another, moved.Secrets[0]);
    }

    [Fact]
    public async Task A_start_leaves_what_was_changed_since_until_the_configuration_changes()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<EndpointStore>();
        await StartOnceAsync(storage, "https://a.example/", Secret);
        await store.RotateSecretAsync(Id, Another);
        await store.RotateSecretAsync(Id, Third);
        await store.ChangeAsync(Id, new EndpointChange("Moved", "{}", Url: "https://moved.example/"));

        await StartOnceAsync(storage, "https://a.example/", Secret);
        Assert.Equal(("https://moved.example/", $"{Third} {Another}"), await StoredAsync());

        await StartOnceAsync(storage, "https://c.example/", Secret);
        Assert.Equal(("https://c.example/", $"{Secret} {Third}"), await StoredAsync());

        async Task<(string, string)> StoredAsync() => (await store.FindAsync(Id)) is { } found ? (found.Url, string.Join(' ', found.Secrets)) : default;
    }

    [Fact]
    public async Task The_first_start_after_an_upgrade_keeps_the_secret_that_was_rotated_before_it()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<EndpointStore>();
        await StartOnceAsync(storage, "https://a.example/", Secret);
        await store.RotateSecretAsync(Id, Another);
        await storage.ExecuteAsync("UPDATE endpoints SET configured = NULL"); // as an earlier version left it

        for (var start = 0; start < 2; start++)
        {
            await StartOnceAsync(storage, "https://a.example/", Secret);
            Assert.Equal([Another, Secret], (await store.FindAsync(Id))!.Secrets);
        }
    }

    [Fact]
    public async Task A_start_does_not_revive_what_was_switched_off_and_says_so()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await StartOnceAsync(storage, "https://a.example/", Secret);
        await storage.Get<EndpointStore>().DisableAsync(Id, "answered 410");

        var lines = await StartOnceAsync(storage, "https://a.example/", Secret);

        Assert.False((await storage.Get<EndpointStore>().FindAsync(Id))!.Enabled);
        Assert.Contains(lines, line => line.Contains("switched off: answered 410. A start does not switch it on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_taken_out_of_the_configuration_and_put_back_is_on_again()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await StartOnceAsync(storage, "https://a.example/", Secret);
        await StartOnceAsync(storage, null, null);
        Assert.Equal((false, "no longer configured"), await StateAsync());
        await StartOnceAsync(storage, "https://a.example/", Secret);
        Assert.Equal((true, null), await StateAsync());

        async Task<(bool, string?)> StateAsync() => (await storage.Get<EndpointStore>().FindAsync(Id)) is { } found ? (found.Enabled, found.DisabledReason) : default;
    }

    private static async Task<IReadOnlyCollection<string>> StartOnceAsync(TestStorage storage, string? url, string? secret)
    {
        using var lines = new CollectedLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        var options = Options.Create(new DeliveryOptions { Webhook = new WebhookSettings { Url = url, Secret = secret } });
        await new OperatorEndpoint(storage.Get<EndpointStore>(), options, factory.CreateLogger<OperatorEndpoint>()).SaveAsync(CancellationToken.None);
        return lines.Lines;
    }
}
