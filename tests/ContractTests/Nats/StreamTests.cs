using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats;

public sealed class StreamTests
{
    [Theory, EveryNatsServer]
    public async Task What_a_stream_was_asked_to_be_comes_back(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var asked = new StreamConfig(rig.Stream, [rig.Subject("a.*"), rig.Subject("b")])
        {
            Storage = StreamConfigStorage.File,
            Retention = StreamConfigRetention.Limits,
            Discard = StreamConfigDiscard.New,
            MaxAge = TimeSpan.FromHours(48),
            MaxBytes = 1_000_000,
            MaxMsgs = 1000,
            MaxMsgsPerSubject = 10,
            DuplicateWindow = TimeSpan.FromMinutes(30),
            AllowDirect = true,
            NumReplicas = 1,
        };

        var made = (await rig.JetStream.CreateStreamAsync(asked)).Info.Config;

        Assert.Equal(asked.Subjects, made.Subjects);
        Assert.Equal(
            (asked.MaxAge, asked.MaxBytes, asked.MaxMsgs, asked.MaxMsgsPerSubject, asked.DuplicateWindow, asked.AllowDirect, asked.Discard),
            (made.MaxAge, made.MaxBytes, made.MaxMsgs, made.MaxMsgsPerSubject, made.DuplicateWindow, made.AllowDirect, made.Discard));
    }

    [Theory, EveryNatsServer]
    public async Task A_stream_is_created_updated_listed_and_deleted(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var config = new StreamConfig(rig.Stream, [rig.Subject(">")]) { MaxMsgs = 10 };
        await rig.JetStream.CreateOrUpdateStreamAsync(config);
        var updated = await rig.JetStream.CreateOrUpdateStreamAsync(config with { MaxMsgs = 20 });
        Assert.Equal(20, updated.Info.Config.MaxMsgs);
        Assert.Equal(30, (await rig.JetStream.UpdateStreamAsync(config with { MaxMsgs = 30 })).Info.Config.MaxMsgs);

        Assert.Contains(rig.Stream, await NamesAsync(rig));
        Assert.True(await rig.JetStream.DeleteStreamAsync(rig.Stream));
        Assert.DoesNotContain(rig.Stream, await NamesAsync(rig));
    }

    [Theory, EveryNatsServer]
    public async Task A_missing_stream_is_a_typed_error(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);

        var error = await Assert.ThrowsAsync<NatsJSApiException>(async () => await rig.JetStream.GetStreamAsync(rig.Stream));

        Assert.Equal((404, 10059), (error.Error.Code, error.Error.ErrCode));
    }

    [Theory, EveryNatsServer]
    public async Task A_message_id_stores_a_message_once(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        var opts = new NatsJSPubOpts { MsgId = "only-once" };

        var first = await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: opts);
        var second = await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: opts);

        first.EnsureSuccess();
        Assert.Equal((false, 1ul, rig.Stream), (first.Duplicate, first.Seq, first.Stream));
        Assert.Equal((true, 1ul), (second.Duplicate, second.Seq));
        Assert.Equal(1ul, Assert.Throws<NatsJSDuplicateMessageException>(second.EnsureSuccess).Sequence);
        Assert.False(second.IsSuccess());
    }

    [Theory, EveryNatsServer]
    public async Task Expecting_no_earlier_message_on_the_subject_stores_one_only(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        var first = new NatsJSPubOpts { ExpectedLastSubjectSequence = 0 };
        await rig.StoreAsync("other", 1, 2, 3);

        (await rig.JetStream.PublishAsync(rig.Subject("alert"), 1, opts: first)).EnsureSuccess();
        var again = await rig.JetStream.PublishAsync(rig.Subject("alert"), 1, opts: first);

        Assert.Equal(10071, again.Error!.ErrCode);
        Assert.Equal(10071, Assert.Throws<NatsJSApiException>(again.EnsureSuccess).Error.ErrCode);
        (await rig.JetStream.PublishAsync(rig.Subject("alert"), 2, opts: new NatsJSPubOpts { ExpectedLastSubjectSequence = 4 })).EnsureSuccess();
    }

    [Theory, EveryNatsServer]
    public async Task Other_expectations_are_checked_too(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: new NatsJSPubOpts { MsgId = "one" });

        var wrongStream = await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: new NatsJSPubOpts { ExpectedStream = "another" });
        var wrongSequence = await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: new NatsJSPubOpts { ExpectedLastSequence = 7 });
        var wrongId = await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: new NatsJSPubOpts { ExpectedLastMsgId = "two" });

        Assert.Equal([10060, 10071, 10070], new[] { wrongStream, wrongSequence, wrongId }.Select(ack => ack.Error!.ErrCode));
    }

    [Theory, EveryNatsServer]
    public async Task Publishing_where_no_stream_listens_fails_after_its_attempts(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var opts = new NatsJSPubOpts { RetryAttempts = 2, RetryWaitBetweenAttempts = TimeSpan.FromMilliseconds(1) };

        await Assert.ThrowsAsync<NatsJSPublishNoResponseException>(async () => await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: opts));

        var future = await rig.JetStream.PublishConcurrentAsync(rig.Subject("x"), 1);
        await Assert.ThrowsAnyAsync<NatsException>(async () => await future.GetResponseAsync());
    }

    [Theory, EveryNatsServer]
    public async Task Publishing_waits_for_a_stream_that_is_about_to_be_made(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var opts = new NatsJSPubOpts { RetryAttempts = 10_000, RetryWaitBetweenAttempts = TimeSpan.FromMilliseconds(1) };

        var publishing = rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: opts);
        await rig.CreateStreamAsync();

        (await publishing).EnsureSuccess();
    }

    [Theory, EveryNatsServer]
    public async Task Concurrent_publishes_are_all_acknowledged_in_order(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();

        var futures = new List<NatsJSPublishConcurrentFuture>();
        for (var i = 0; i < 3000; i++)
            futures.Add(await rig.JetStream.PublishConcurrentAsync(rig.Subject("c"), i));
        var sequences = new List<ulong>();
        foreach (var future in futures)
            sequences.Add((await future.GetResponseAsync()).Seq);

        Assert.Equal(Enumerable.Range(1, 3000).Select(i => (ulong)i), sequences);
    }

    [Theory, EveryNatsServer]
    public async Task A_message_is_got_by_sequence_by_subject_and_by_the_next_of_a_subject(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var stream = await rig.CreateStreamAsync(config => config with { AllowDirect = true });
        await rig.StoreAsync("a", 10);
        await rig.StoreAsync("b", 20);
        await rig.StoreAsync("a", 30);

        Assert.Equal("20", Text(await stream.GetAsync(new StreamMsgGetRequest { Seq = 2 })));
        Assert.Equal("30", Text(await stream.GetAsync(new StreamMsgGetRequest { LastBySubj = rig.Subject("a") })));
        Assert.Equal("30", Text(await stream.GetAsync(new StreamMsgGetRequest { Seq = 2, NextBySubj = rig.Subject("a") })));
        var missing = await Assert.ThrowsAsync<NatsJSApiException>(async () => await stream.GetAsync(new StreamMsgGetRequest { Seq = 9 }));
        Assert.Equal(404, missing.Error.Code);

        var direct = await stream.GetDirectAsync<int>(new StreamMsgGetRequest { LastBySubj = rig.Subject("b") });
        Assert.Equal((20, "2", rig.Subject("b")), (direct.Data, direct.Headers!["Nats-Sequence"].ToString(), direct.Headers["Nats-Subject"].ToString()));
        Assert.Equal(404, (await stream.GetDirectAsync<byte[]>(new StreamMsgGetRequest { Seq = 9 })).Headers!.Code);
    }

    [Theory, EveryNatsServer]
    public async Task The_state_of_a_stream_tells_what_is_in_it(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var stream = await rig.CreateStreamAsync();
        await rig.StoreAsync("a", 1, 2, 3);
        await rig.StoreAsync("b", 4);

        await stream.RefreshAsync();
        var bySubject = await rig.JetStream.GetStreamAsync(rig.Stream, new StreamInfoRequest { SubjectsFilter = ">" });

        Assert.Equal((4L, 1ul, 4ul, 2L), (stream.Info.State.Messages, stream.Info.State.FirstSeq, stream.Info.State.LastSeq, stream.Info.State.NumSubjects));
        Assert.Equal(3, bySubject.Info.State.Subjects![rig.Subject("a")]);
        Assert.Equal(4, (await rig.JetStream.PurgeStreamAsync(rig.Stream, new StreamPurgeRequest())).Purged);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a b")]
    public async Task A_stream_name_that_is_none_is_refused(string name)
    {
        await using var connection = new NatsConnection();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await new NatsJSContext(connection).DeleteStreamAsync(name));
    }

    private static string Text(StreamMsgGetResponse response) => System.Text.Encoding.UTF8.GetString(response.Message.Data.Span);

    private static async Task<List<string>> NamesAsync(NatsRig rig)
    {
        var names = new List<string>();
        await foreach (var name in rig.JetStream.ListStreamNamesAsync())
            names.Add(name);
        return names;
    }
}
