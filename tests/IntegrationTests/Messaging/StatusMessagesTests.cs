using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Status;
using CryptoScreener.Messaging.Status;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Messaging;

public sealed class StatusMessagesTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task A_worker_says_every_five_seconds_what_it_reports_of_itself_and_goes_on_when_a_report_fails()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        var instance = ServersFixture.NextPrefix();
        using var stop = new CancellationTokenSource();
        var (heard, time, reports) = (new List<ServiceStatus>(), new ManualTime(), 0);
        var listening = bus.Listener.ListenAsync(
            Subjects.Status("alert-engine", instance),
            message =>
            {
                lock (heard) heard.Add(JsonSerializer.Deserialize(message.Data, ContractsJson.Default.ServiceStatus)!);
            },
            stop.Token);
        using var publisher = new StatusPublisher(bus.Core, Report, time, NullLogger<StatusPublisher>.Instance);
        await publisher.StartAsync(stop.Token);

        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(StatusPublisher.Interval);
                lock (heard) return heard.Count >= 3;
            },
            "three status messages are heard");

        await publisher.StopAsync(CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);

        Assert.All(heard, status => Assert.Equal(("alert-engine", instance), (status.Service, status.Instance)));
        Assert.Equal(heard.Select(status => status.Values["reports"]).Order(), heard.Select(status => status.Values["reports"]));

        ServiceStatus Report() => ++reports == 2
            ? throw new InvalidOperationException("a gauge that throws")
            : new("alert-engine", instance, "1", true, new Dictionary<string, double> { ["reports"] = reports }, new Dictionary<string, string>(), 0);
    }
}
