using CryptoScreener.Hosting;

namespace CryptoScreener.UnitTests.Hosting.Configuration;

public sealed class PlaceholderSecretsTests
{
    [Theory]
    [InlineData("Storage:ConnectionString", "Host=db;Username=screener;Password=postgres;Database=screener")]
    [InlineData("Storage:ConnectionString", "Host=db;Username=screener;Pwd=change-me;Database=screener")]
    [InlineData("Storage:Redis", "redis:6379,password=CHANGE_ME_run_make_secrets")]
    [InlineData("Storage:SecretKeys:0", "<base64 of 32 random bytes>")]
    [InlineData("Messaging:Password", "${NATS_ENGINE_PASSWORD}")]
    [InlineData("Messaging:Url", "nats://engine:secret@nats:4222")]
    [InlineData("Delivery:Webhook:Secret", "replace-with-a-secret")]
    [InlineData("Auth:FirstAdminKey", "your-admin-key")]
    public async Task Production_refuses_a_secret_that_everybody_knows(string setting, string value)
    {
        using var complaints = new StringWriter();

        var exitCode = await TestWorker.Builder("--environment=Production", $"--{setting}={value}").Build().RunScreenerAsync(complaints);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{setting} holds a placeholder", complaints.ToString(), StringComparison.Ordinal);
        if (!setting.EndsWith("Url", StringComparison.Ordinal)) Assert.DoesNotContain(value, complaints.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "--Storage:ConnectionString=Host=127.0.0.1;Username=screener;Database=screener")]
    [InlineData("Production", "--Storage:ConnectionString=Host=db;Username=screener;Password=s4be0c81f2d97;Database=screener")]
    [InlineData("Production", "--Messaging:Password=k8d1f6b2a4c0e")]
    [InlineData("Production", "--FOREIGN_PASSWORD=changeme")]
    [InlineData("Development", "--Storage:ConnectionString=Host=db;Username=screener;Password=postgres;Database=screener")]
    public async Task Random_ones_none_at_all_and_those_of_other_programs_pass(string environment, string setting)
    {
        using var host = TestWorker.Builder($"--environment={environment}", setting).Build();

        await host.StartAsync();

        await host.StopAsync();
    }
}
