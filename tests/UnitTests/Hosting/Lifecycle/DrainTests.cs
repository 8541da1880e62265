using System.Net;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Operations;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.UnitTests.Hosting.Lifecycle;

public sealed class DrainTests
{
    [Fact]
    public async Task Services_stop_in_reverse_order_unready_but_still_observable_and_the_exit_code_is_zero()
    {
        var builder = TestWorker.Builder();
        var journal = new List<string>();
        builder.Services.AddSingleton<IHostedService>(services => new Recorder("first", journal, services));
        builder.Services.AddSingleton<IHostedService>(services => new Recorder("second", journal, services));
        var app = builder.Build();

        var run = app.RunScreenerAsync();
        await app.StartedAsync();
        app.StopApplication();

        Assert.Equal(0, await run);
        Assert.Equal(
            [
                "first starts: startup ServiceUnavailable, metrics OK",
                "second starts: startup ServiceUnavailable, metrics OK",
                "second stops: startup OK, ready ServiceUnavailable, metrics OK",
                "first stops: startup OK, ready ServiceUnavailable, metrics OK",
            ],
            journal);
    }

    [Fact]
    public async Task The_drain_delay_is_served_as_not_ready_before_any_service_stops()
    {
        // A length no other timer of a worker has: the test must wait for this delay to begin before it lets the time pass.
        var delay = TimeSpan.FromSeconds(17);
        var time = new ManualTime();
        var builder = TestWorker.Builder($"--Hosting:DrainDelay={delay:c}");
        builder.Services.AddSingleton<TimeProvider>(time);
        var journal = new List<string>();
        builder.Services.AddSingleton<IHostedService>(services => new Recorder("only", journal, services));
        var app = builder.Build();
        var run = app.RunScreenerAsync();
        await app.StartedAsync();
        using var client = app.Operations();
        journal.Clear();

        app.StopApplication();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Empty(journal);
        await Until(() => time.HasTimerDueBetween(delay, delay));
        time.Advance(delay);
        Assert.Equal(0, await run);
        Assert.Single(journal);
    }

    [Fact]
    public async Task A_loop_that_dies_stops_the_worker_with_a_failing_exit_code()
    {
        var builder = TestWorker.Builder();
        builder.Services.AddHostedService<Dying>();

        Assert.Equal(1, await builder.Build().RunScreenerAsync());
    }

    [Fact]
    public async Task A_service_that_will_not_stop_is_left_behind_at_the_limit()
    {
        var time = new ManualTime();
        var builder = TestWorker.Builder();
        builder.Services.AddSingleton<TimeProvider>(time);
        var stubborn = new Stubborn();
        builder.Services.AddSingleton<IHostedService>(stubborn);
        var app = builder.Build();
        var run = app.RunScreenerAsync();
        await app.StartedAsync();

        app.StopApplication();
        await stubborn.Asked.Task;
        await Until(() => time.HasTimerDueBetween(TimeSpan.FromSeconds(26), TimeSpan.FromSeconds(29)));
        time.Advance(TimeSpan.FromSeconds(29));

        Assert.Equal(1, await run);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Yield();
    }

    private sealed class Recorder(string name, List<string> journal, IServiceProvider services) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) =>
            journal.Add($"{name} starts: startup {await ProbeAsync("health/startup")}, metrics {await ProbeAsync("metrics")}");

        public async Task StopAsync(CancellationToken cancellationToken) => journal.Add(
            $"{name} stops: startup {await ProbeAsync("health/startup")}, ready {await ProbeAsync("health/ready")}, metrics {await ProbeAsync("metrics")}");

        private async Task<HttpStatusCode> ProbeAsync(string path)
        {
            using var client = new HttpClient { BaseAddress = services.GetRequiredService<OperationsServer>().Address };
            return (await client.GetAsync(path)).StatusCode;
        }
    }

    private sealed class Dying(ReadinessGate gate) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            gate.Set("nats", ok: true);
            await Task.Yield();
            throw new InvalidOperationException("an unknown failure");
        }
    }

    private sealed class Stubborn : IHostedService
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Asked.SetResult();
            return new TaskCompletionSource().Task;
        }
    }
}
