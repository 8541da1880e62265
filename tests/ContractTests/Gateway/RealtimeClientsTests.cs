using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Gateway;

/// <summary>Clients that were not written by us follow the alerts: the npm packages ws and eventsource, and the document's example.</summary>
public sealed class RealtimeClientsTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private const int Wanted = 20;
    private static readonly NodeClient Socket = new("tests/ContractTests/Gateway/gateway-ws", "client.mjs");
    private static readonly NodeClient Events = new("tests/ContractTests/Gateway/gateway-events", "client.mjs");
    private static readonly NodeClient Example = new("docs/examples/alert-follower", "follow-alerts.mjs");

    [Fact]
    public async Task A_socket_that_is_cut_off_resumes_and_has_every_alert_once()
    {
        var printed = await PrintedAsync(Socket, $"ws://{gateway.Authority}/ws/v1", $"{Wanted}");
        Assert.Equal(2, printed.Count(line => line == "welcome screener.v1"));
        Assert.Contains("resumed true", printed);
        Assert.Contains("closed 1000", printed);
        GatewayUnderTest.AssertWithoutGaps(printed, Wanted);
    }

    [Fact]
    public async Task An_event_source_has_every_alert_once()
    {
        var printed = await PrintedAsync(Events, $"http://{gateway.Authority}/api/v1/alerts/stream?symbol=CONTRACT", $"{Wanted}");
        Assert.Contains("open", printed);
        GatewayUnderTest.AssertWithoutGaps(printed, Wanted);
    }

    [Fact]
    public async Task The_example_of_the_document_runs()
    {
        var printed = await PrintedAsync(Example, $"ws://{gateway.Authority}/ws/v1", $"{Wanted}");
        Assert.Equal(Wanted, printed.Count(line => line.StartsWith("CONTRACT ümläut 😀", StringComparison.Ordinal)));
    }

    private async Task<string[]> PrintedAsync(NodeClient client, params string[] arguments) =>
        (await gateway.WhileAlertsComeAsync(client.RunAsync(arguments))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
