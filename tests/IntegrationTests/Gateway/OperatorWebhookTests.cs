using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Alertmanager has a secret of its own, which is no account's.</summary>
[Collection(GatewayRest.Name)]
public sealed class OperatorWebhookTests(GatewayFixture fixture)
{
    private const string Token = "f3b1c9d07a5e42688e10";

    [Theory]
    [InlineData(Token, HttpStatusCode.NoContent)]
    [InlineData("another", HttpStatusCode.Unauthorized)]
    [InlineData(RunningGateway.FirstKey, HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Alertmanager_is_known_by_its_token_alone(string? sent, HttpStatusCode expected)
    {
        await using var gateway = await fixture.StartAnotherAsync(("Operations:WebhookToken", Token));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/alerts/webhook") { Content = JsonContent.Create(new { version = "4", alerts = Array.Empty<object>() }) };
        if (sent is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sent);
        using var answer = await gateway.Http.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task What_one_gateway_is_told_all_of_them_show()
    {
        await using var another = await fixture.StartAnotherAsync();
        var alert = new { status = "firing", fingerprint = $"f{Guid.NewGuid():N}", labels = new { alertname = "NatsDown", severity = "critical" }, startsAt = "2026-03-01T12:00:00Z" };
        await Eventually.TrueAsync(
            async () =>
            {
                // Until the other one listens nothing is kept for it; Alertmanager repeats itself, too.
                Assert.True((await fixture.Gateway.Http.PostAsJsonAsync("/alerts/webhook", new { version = "4", alerts = new[] { alert } })).IsSuccessStatusCode);
                return another.Get<OperatorAlertBook>().All.Any(heard => heard.Fingerprint == alert.fingerprint);
            },
            "the other gateway shows it");
    }
}
