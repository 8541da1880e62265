using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using NATS.Client.Core.Internal.Transport;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class BackoffTests
{
    private static readonly int[] Doubling = [1, 2, 4, 8, 8];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly NatsOpts Opts = NatsOpts.Default with
    {
        ReconnectWaitMin = TimeSpan.FromSeconds(1),
        ReconnectWaitMax = TimeSpan.FromSeconds(8),
        ReconnectJitter = TimeSpan.Zero,
    };

    [Fact]
    public async Task Waits_double_up_to_the_longest()
    {
        var time = new ManualTime();
        var backoff = new Backoff(Opts, time);

        foreach (var seconds in Doubling)
            await AssertWaitsAsync(time, backoff.WaitAsync(CancellationToken.None), seconds);
    }

    [Fact]
    public async Task Connections_that_end_at_once_are_waited_for_longer_and_longer()
    {
        var time = new ManualTime();
        var backoff = new Backoff(Opts, time);

        foreach (var seconds in Doubling)
        {
            backoff.Opened();
            time.Advance(TimeSpan.FromMilliseconds(10));
            await AssertWaitsAsync(time, backoff.LostAsync(CancellationToken.None), seconds);
        }
    }

    [Fact]
    public async Task A_connection_that_lasted_begins_anew_and_at_once()
    {
        var time = new ManualTime();
        var backoff = new Backoff(Opts, time);
        await AssertWaitsAsync(time, backoff.WaitAsync(CancellationToken.None), 1);
        await AssertWaitsAsync(time, backoff.WaitAsync(CancellationToken.None), 2);
        backoff.Opened();
        time.Advance(TimeSpan.FromSeconds(8));

        Assert.True(backoff.LostAsync(CancellationToken.None).IsCompletedSuccessfully);

        await AssertWaitsAsync(time, backoff.WaitAsync(CancellationToken.None), 1);
    }

    [Fact]
    public async Task A_server_that_greets_and_closes_is_a_failed_attempt()
    {
        await using var server = new ScriptedServer(Enumerable.Repeat(new ScriptedServer.Script(ScriptedServer.Info, "PONG\r\n"), 100));
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url) with
        {
            ReconnectWaitMin = TimeSpan.FromMilliseconds(1),
            ReconnectWaitMax = TimeSpan.FromHours(1),
            MaxReconnectRetry = 4,
        });

        await connection.ConnectAsync();

        await Eventually.TrueAsync(() => connection.ConnectionState == NatsConnectionState.Failed, "the connection has given up");
        Assert.Equal(100 - 5, server.Left);
    }

    private static async Task AssertWaitsAsync(ManualTime time, Task waiting, int seconds)
    {
        var wait = TimeSpan.FromSeconds(seconds);
        Assert.True(time.HasTimerDueBetween(wait, wait), $"waits for {seconds} s");
        Assert.False(waiting.IsCompleted);
        time.Advance(wait);
        await waiting.WaitAsync(Patience);
    }
}
