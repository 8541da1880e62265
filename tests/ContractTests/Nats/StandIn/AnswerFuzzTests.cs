using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Internal;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>Whatever JetStream answers is read, or is the one kind of error that whoever asked knows; nothing passes for what it is not.</summary>
public sealed class AnswerFuzzTests
{
    [Fact]
    public async Task Answers_of_the_api()
    {
        await using var connection = new NatsConnection();
        var context = new NatsJSContext(connection);
        Run("answers", input =>
        {
            Read(input, ApiJson.Default.StreamInfo, stream =>
            {
                AssertWrittenAsRead(stream.Config, ApiJson.Default.StreamConfig);
                Assert.NotNull(stream.State);
                Assert.NotNull(new NatsJSStream(context, stream).Info);
            });
            Read(input, ApiJson.Default.ConsumerInfo, consumer =>
            {
                AssertWrittenAsRead(consumer.Config, ApiJson.Default.ConsumerConfig);
                Assert.NotNull(consumer.Name);
                Assert.NotNull(consumer.StreamName);
                Assert.NotNull(consumer.Delivered);
                Assert.NotNull(consumer.AckFloor);
            });
            Read(input, ApiJson.Default.StreamMsgGetResponse, found => Assert.NotNull(found.Message.Subject));
            Read(input, ApiJson.Default.StreamNamesResponse, _ => { });
            Read(input, ApiJson.Default.StreamPurgeResponse, _ => { });
            Read(input, ApiJson.Default.SuccessResponse, _ => { });
        });
    }

    [Fact]
    public void Acknowledgements_are_read_by_hand_as_the_serializer_reads_them()
    {
        var slot = PubAckSlot.Rent();
        Run("acknowledgements", input =>
        {
            try
            {
                var ack = slot.Read(input);
                Assert.Equal(JsonSerializer.Deserialize(input, ApiJson.Default.PubAckResponse), ack);
                Assert.True(ack is { Error: not null } or { Stream.Length: > 0, Seq: > 0 });
            }
            catch (NatsJSException)
            {
                // refused
            }
        });
    }

    private static void Read<T>(byte[] input, JsonTypeInfo<T> json, Action<T> check)
    {
        try
        {
            check(NatsJSContext.Read(input, json));
        }
        catch (NatsJSException)
        {
            // refused
        }
    }

    /// <summary>A stream is changed by sending back what was read of it.</summary>
    private static void AssertWrittenAsRead<T>(T config, JsonTypeInfo<T> json)
    {
        var written = JsonSerializer.Serialize(config, json);
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize(written, json)!, json));
    }

    private static void Run(string target, Action<byte[]> feed) => Fuzz.Run(
        $"nats-{target}", Fuzz.Corpus(Repository.PathOf("tests", "ContractTests", "Nats", "StandIn", "corpus", $"{target}.txt")), feed, inputsInCi: 10_000);
}
