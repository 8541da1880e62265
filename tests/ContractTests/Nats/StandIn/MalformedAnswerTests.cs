using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>Answers of JetStream that are not what they should be: the caller hears of it by a typed error, and the next call works.</summary>
public sealed class MalformedAnswerTests
{
    private const string GoodAck = "{\"stream\":\"S\",\"seq\":7}";

    private static readonly string[] BadAcks =
    [
        "", " ", "null", "1", "\"S\"", "[]", "{}", "{", "garbage", "\0",
        "{\"stream\":\"S\"}", "{\"seq\":1}", "{\"stream\":\"S\",\"seq\":0}", "{\"stream\":\"\",\"seq\":1}", "{\"stream\":null,\"seq\":1}",
        "{\"stream\":\"S\",\"seq\":-1}", "{\"stream\":\"S\",\"seq\":1.5}", "{\"stream\":\"S\",\"seq\":99999999999999999999}",
        "{\"stream\":\"S\",\"seq\":\"1\"}", "{\"stream\":5,\"seq\":1}", "{\"stream\":[],\"seq\":1}", "{\"stream\":\"S\",\"seq\":1,\"duplicate\":3}",
        "{\"error\":null}", "{\"error\":5}", "{\"error\":\"no\"}", "{\"other\":1}", "{\"stream\":\"S\",\"seq\":1}{}", "{\"stream\":\"S\",\"seq\":1} x",
        "{\"stream\":\"\\ud800\",\"seq\":1}",
    ];

    private static readonly string[] BadAnswers =
    [
        "", "null", "1", "[]", "{}", "{", "garbage", "{\"error\":5}", "{\"config\":null}", "{\"config\":{}}", "{\"config\":{\"name\":null}}",
        "{\"config\":{\"name\":\"S\"},\"state\":null}", "{\"config\":{\"name\":\"S\"},\"state\":{\"messages\":\"x\"}}",
        "{\"config\":{\"name\":\"S\",\"max_age\":\"soon\"}}", "{\"config\":{\"name\":\"S\",\"retention\":\"sometimes\"}}",
        "{\"config\":{\"name\":\"S\"},\"created\":\"yesterday\"}", "{\"name\":\"C\"}", "{\"stream_name\":null,\"name\":null}",
    ];

    [Fact]
    public async Task No_malformed_acknowledgement_passes_for_a_stored_message()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;

        foreach (var ack in BadAcks)
        {
            var publishing = rig.JetStream.PublishAsync("s", 1).AsTask();
            await client.ReplyAsync(ack);
            Assert.True(await IsRefusedAsync(publishing), $"as an acknowledgement: {ack}");

            await using var future = await rig.JetStream.PublishConcurrentAsync("s", 1);
            await client.ReplyAsync(ack);
            Assert.True(await IsRefusedAsync(future.GetResponseAsync().AsTask()), $"as a concurrent acknowledgement: {ack}");
        }

        await AssertWorksAsync(rig, client);
    }

    [Fact]
    public async Task Every_truncated_acknowledgement_is_refused()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;

        for (var length = 0; length < GoodAck.Length; length++)
        {
            var publishing = rig.JetStream.PublishAsync("s", 1).AsTask();
            await client.ReplyAsync(GoodAck[..length]);
            Assert.True(await IsRefusedAsync(publishing), $"{length} characters of an acknowledgement");
        }

        await AssertWorksAsync(rig, client);
    }

    [Fact]
    public async Task A_malformed_answer_of_the_api_is_told_as_such()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;

        foreach (var answer in BadAnswers)
        {
            var asking = rig.JetStream.GetStreamAsync("S").AsTask();
            await client.ReplyAsync(answer);
            Assert.True(await IsRefusedAsync(asking), $"as a stream: {answer}");

            var seeking = rig.JetStream.GetConsumerAsync("S", "C").AsTask();
            await client.ReplyAsync(answer);
            Assert.True(await IsRefusedAsync(seeking), $"as a consumer: {answer}");
        }

        await AssertWorksAsync(rig, client);
    }

    [Fact]
    public async Task An_error_of_the_api_keeps_its_code()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;

        var asking = rig.JetStream.GetStreamAsync("S").AsTask();
        await client.ReplyAsync("{\"error\":{\"code\":404,\"err_code\":10059,\"description\":\"stream not found\"}}");

        Assert.Equal(10059, (await Assert.ThrowsAsync<NatsJSApiException>(() => asking)).Error.ErrCode);
    }

    private static async Task<bool> IsRefusedAsync<T>(Task<T> answered)
    {
        try
        {
            await answered;
            return false;
        }
        catch (NatsJSException)
        {
            return true;
        }
    }

    private static async Task AssertWorksAsync(NatsRig rig, PlayedServer.Conversation client)
    {
        var publishing = rig.JetStream.PublishAsync("s", 1).AsTask();
        await client.ReplyAsync(GoodAck);
        Assert.Equal(("S", 7ul), await publishing is PubAckResponse { Error: null } ack ? (ack.Stream, ack.Seq) : default);
    }
}
