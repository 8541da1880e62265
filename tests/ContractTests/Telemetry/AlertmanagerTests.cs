using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed class AlertmanagerTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("")]
    [InlineData("SLACK_WEBHOOK_URL=https://hooks.example.com/it's")]
    [InlineData("PAGERDUTY_INTEGRATION_KEY=key")]
    [InlineData("ALERT_EMAIL_RECIPIENTS=a@example.com,b@example.com SMTP_HOST=mail.example.com SMTP_USERNAME=u SMTP_PASSWORD=p:#x")]
    [InlineData("SLACK_WEBHOOK_URL=https://h.example.com PAGERDUTY_INTEGRATION_KEY=k ALERT_EMAIL_RECIPIENTS=a@example.com SMTP_HOST=m ALERTMANAGER_WEBHOOK_TOKEN=t ALERT_HEARTBEAT_URL=https://b.example.com")]
    public async Task Amtool_accepts_what_any_environment_renders(string environment)
    {
        await RenderAsync(environment);

        var (exitCode, output) = await ExternalProgram.Amtool.RunAsync($"check-config {_file}");

        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [InlineData("alertname=ServiceDown severity=critical", "critical")]
    [InlineData("alertname=NatsMessageLag severity=warning", "warning")]
    [InlineData("alertname=HighApiRequestRate severity=info", "page")]
    [InlineData("alertname=Watchdog severity=none", "heartbeat")]
    public async Task An_alert_goes_to_the_receiver_of_its_severity(string labels, string receiver)
    {
        await RenderAsync("");

        var (_, output) = await ExternalProgram.Amtool.RunAsync($"config routes test --config.file={_file} {labels}");

        Assert.Equal(receiver, output.Split('\n')[0]);
    }

    [Fact]
    public async Task What_follows_from_something_worse_is_silent_and_everything_else_is_told()
    {
        await RenderAsync("ALERTMANAGER_WEBHOOK_URL=http://127.0.0.1:1/alerts/webhook"); // nobody is there: nothing leaves this machine
        (string Because, string[] Silent, string[] Told)[] cases =
        [
            ("alertname=HighErrorRate severity=critical job=a", ["alertname=HighErrorRate severity=warning job=a"], ["alertname=HighErrorRate severity=warning job=b"]),
            ("alertname=NoWorkersAvailable severity=critical job=c", ["alertname=ServiceDown severity=critical job=c"], ["alertname=ServiceDown severity=critical job=d"]),
            ("alertname=NatsDown severity=critical", ["alertname=NatsMessageLag severity=warning job=e", "alertname=SloBurnRateFast severity=critical slo=f"], ["alertname=RedisDown severity=critical"]),
            ("alertname=PostgresDown severity=critical", ["alertname=QueueBacklog severity=warning"], ["alertname=DeadLettersGrowing severity=warning"]),
            ("alertname=ExchangeUnavailable severity=critical exchange=x", ["alertname=FeedStale severity=critical exchange=x"], ["alertname=FeedStale severity=critical exchange=y"]),
        ];
        foreach (var (because, silent, told) in cases)
        {
            using var alertmanager = await RunningAlertmanager.StartAsync(_file);
            await alertmanager.FireAsync(silent.Concat(told));
            foreach (var alert in silent) Assert.False(await alertmanager.IsInhibitedAsync(alert), $"{alert} is silent without {because}");
            await alertmanager.FireAsync(because);
            foreach (var alert in silent) await Eventually.TrueAsync(() => alertmanager.IsInhibitedAsync(alert), $"{alert} is silent because of {because}");
            foreach (var alert in told.Append(because)) Assert.False(await alertmanager.IsInhibitedAsync(alert), $"{alert} is told beside {because}");
        }
    }

    [Fact]
    public async Task What_is_set_is_notified_and_what_is_not_is_left_out()
    {
        await RenderAsync("PAGERDUTY_INTEGRATION_KEY=key-1");

        var rendered = await File.ReadAllTextAsync(_file);
        Assert.Contains("routing_key: 'key-1'", rendered, StringComparison.Ordinal);
        Assert.DoesNotContain("slack_configs", rendered, StringComparison.Ordinal);
        Assert.DoesNotContain("email_configs", rendered, StringComparison.Ordinal);
        Assert.Equal(3, rendered.Split("http://api-gateway:8080/alerts/webhook").Length - 1);
    }

    [Fact]
    public async Task Mail_without_a_server_is_refused_with_the_reason()
    {
        var (exitCode, output) = await ExternalProgram.Shell.RunAsync("deploy/alertmanager/render.sh", environment: "ALERT_EMAIL_RECIPIENTS=a@example.com");

        Assert.Equal((1, "render.sh: ALERT_EMAIL_RECIPIENTS is set, so SMTP_HOST has to be too\n"), (exitCode, output));
    }

    public void Dispose() => File.Delete(_file);

    private async Task RenderAsync(string environment) =>
        Assert.Equal((0, ""), await ExternalProgram.Shell.RunAsync($"deploy/alertmanager/render.sh {_file}", environment: environment));
}
