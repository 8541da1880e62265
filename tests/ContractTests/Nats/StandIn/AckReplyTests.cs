using System.Text;
using NATS.Client.JetStream.Internal;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class AckReplyTests
{
    [Fact]
    public void A_reply_subject_taken_apart_and_put_together_is_the_same()
    {
        const string Subject = "$JS.ACK.CANDLES.durable.1.18446744073709551615.42.1700000000123456789.0";
        AckOrigin? origin = null;

        Assert.True(AckReply.TryParse(Encoding.ASCII.GetBytes(Subject), ref origin, out var reply));

        Assert.Equal(Subject, reply.ToString());
        Assert.Equal(("CANDLES", "durable"), (origin!.Stream, origin.Consumer));
        Assert.Equal((ulong.MaxValue, 42ul, 1ul, 0ul), (reply.StreamSequence, reply.ConsumerSequence, reply.Delivered, reply.Pending));
    }

    [Theory]
    [InlineData("")]
    [InlineData("_INBOX.x.1")]
    [InlineData("$JS.ACK.S.C.1.2.3.4")]
    [InlineData("$JS.ACK.S.C.1.2.3.4.x")]
    [InlineData("$JS.ACK._.hash.S.C.1.2.3.4.5")]
    public void Anything_else_is_not_taken_apart(string subject)
    {
        AckOrigin? origin = null;

        Assert.False(AckReply.TryParse(Encoding.ASCII.GetBytes(subject), ref origin, out _));
    }

    [Theory]
    [InlineData("$JS.ACK._.hash.S.C.1.2.3.4000000000.5", "")]
    [InlineData("$JS.ACK.hub.hash.S.C.1.2.3.4000000000.5.random", "hub")]
    public void The_long_form_is_understood(string subject, string domain)
    {
        var metadata = AckSubjects.ParseLong(subject)!.Value;

        Assert.Equal((2ul, 3ul, 1ul, 5ul), (metadata.Sequence.Stream, metadata.Sequence.Consumer, metadata.NumDelivered, metadata.NumPending));
        Assert.Equal(("S", "C", domain), (metadata.Stream, metadata.Consumer, metadata.Domain));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(4), metadata.Timestamp);
    }
}
