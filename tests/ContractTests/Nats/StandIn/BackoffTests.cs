using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using NATS.Client.Core.Internal.Transport;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class BackoffTests
{
    private static readonly int[] Doubling = [1, 2, 4, 8, 8];

    private static readonly NatsOpts Opts = NatsOpts.Default with
    {
        ReconnectWaitMin = TimeSpan.FromSeconds(1),
        ReconnectWaitMax = TimeSpan.FromSeconds(8),
        ReconnectJitter = TimeSpan.Zero,
    };

    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        var time = new ManualTime();
        var backoff = new Backoff(Opts, time);

        foreach (var seconds in Doubling)
            AssertWaits(time, backoff.WaitAsync(CancellationToken.None), seconds);
    }

    [Fact]
    public void Connections_that_end_at_once_are_waited_for_longer_and_longer()
    {
        var time = new ManualTime();
        var backoff = new Backoff(Opts, time);

        foreach (var seconds in Doubling)
        {
            backoff.Opened();
            time.Advance(TimeSpan.FromMilliseconds(10));
            AssertWaits(time, backoff.LostAsync(CancellationToken.None), seconds);
        }
    }

    [Fact]
    public void A_connection_that_lasted_begins_anew_and_at_once()
    {
        var time = new ManualTime();
        var backoff = new Backoff(Opts, time);
        AssertWaits(time, backoff.WaitAsync(CancellationToken.None), 1);
        AssertWaits(time, backoff.WaitAsync(CancellationToken.None), 2);
        backoff.Opened();
        time.Advance(TimeSpan.FromSeconds(8));

        Assert.True(backoff.LostAsync(CancellationToken.None).IsCompletedSuccessfully);

        AssertWaits(time, backoff.WaitAsync(CancellationToken.None), 1);
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

    private static void AssertWaits(ManualTime time, Task waiting, int seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted, $"waits for {seconds} s");
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(waiting.IsCompleted, $"waits no longer than {seconds} s");
    }
}
