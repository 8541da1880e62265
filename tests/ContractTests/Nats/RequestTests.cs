using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

public sealed class RequestTests
{
    [Theory, EveryNatsServer]
    public async Task A_request_gets_its_own_reply_among_a_thousand(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var service = await ServeAsync(rig, "double", request => request.ReplyAsync(request.Data * 2));

        var replies = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async i =>
            (await rig.Connection.RequestAsync<int, int>(rig.Subject("double"), i)).Data));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i * 2), replies);
    }

    [Theory, EveryNatsServer]
    public async Task Nobody_listening_is_known_at_once(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);

        await Assert.ThrowsAsync<NatsNoRespondersException>(async () => await rig.Connection.RequestAsync<int, int>(rig.Subject("none"), 1));

        var opts = new NatsSubOpts { ThrowIfNoResponders = false };
        var reply = await rig.Connection.RequestAsync<int, int>(rig.Subject("none"), 1, replyOpts: opts);
        Assert.True(reply.HasNoResponders);
        Assert.Throws<NatsNoRespondersException>(reply.EnsureSuccess);
    }

    [Theory, EveryNatsServer]
    public async Task A_reply_that_does_not_come_in_time_is_no_reply_and_a_late_one_disturbs_nobody(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var held = new TaskCompletionSource<NatsMsg<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await ServeAsync(rig, "slow", request =>
            held.TrySetResult(request) ? ValueTask.CompletedTask : request.ReplyAsync(request.Data));

        var impatient = new NatsSubOpts { Timeout = TimeSpan.FromMilliseconds(50) };
        await Assert.ThrowsAsync<NatsNoReplyException>(async () =>
            await rig.Connection.RequestAsync<int, int>(rig.Subject("slow"), 1, replyOpts: impatient));
        var next = rig.Connection.RequestAsync<int, int>(rig.Subject("slow"), 2);
        await (await held.Task).ReplyAsync(-1);

        Assert.Equal(2, (await next).Data);
    }

    [Theory, EveryNatsServer]
    public async Task A_request_can_be_cancelled(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var silent = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("silent"));
        using var stop = new CancellationTokenSource();

        var request = rig.Connection.RequestAsync<int, int>(rig.Subject("silent"), 1, cancellationToken: stop.Token).AsTask();
        await Take.FromAsync(silent.Msgs, 1);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    [Theory, EveryNatsServer]
    public async Task Headers_travel_both_ways(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var service = await ServeAsync(rig, "echo", request =>
            request.ReplyAsync(request.Data, new NatsHeaders { ["Seen"] = request.Headers!["Asked"] }));

        var reply = await rig.Connection.RequestAsync<int, int>(rig.Subject("echo"), 5, new NatsHeaders { ["Asked"] = "yes" });

        Assert.Equal("yes", reply.Headers!["Seen"]);
    }

    [Fact]
    public async Task Replying_to_what_asked_for_no_reply_says_so()
    {
        var message = new NatsMsg<int>("subject", replyTo: null, size: 0, headers: null, data: 1, connection: null);

        await Assert.ThrowsAsync<NatsException>(async () => await message.ReplyAsync(1));
    }

    private static async Task<IAsyncDisposable> ServeAsync(NatsRig rig, string name, Func<NatsMsg<int>, ValueTask> answer)
    {
        var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject(name));
        await rig.Connection.PingAsync();
        _ = Task.Run(async () =>
        {
            await foreach (var request in subscription.Msgs.ReadAllAsync())
                await answer(request);
        });
        return subscription;
    }
}
