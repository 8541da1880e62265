using System.Text;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.JetStream.Internal;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>Every status that servers from 2.9 on put on a pull.</summary>
public sealed class PullStatusTests
{
    [Theory]
    [InlineData("100 Idle Heartbeat", nameof(PullVerdict.Alive))]
    [InlineData("404 No Messages", nameof(PullVerdict.Expired))]
    [InlineData("408 Request Timeout", nameof(PullVerdict.Expired))]
    [InlineData("408 Interest Expired", nameof(PullVerdict.Expired))]
    [InlineData("409 Message Size Exceeds MaxBytes", nameof(PullVerdict.MessageTooLarge))]
    [InlineData("409 Leadership Change", nameof(PullVerdict.LeaderChanged))]
    [InlineData("503", nameof(PullVerdict.NoResponders))]
    [InlineData("400 Bad Request", nameof(PullVerdict.Hopeless))]
    [InlineData("409 Consumer Deleted", nameof(PullVerdict.Hopeless))]
    [InlineData("409 Consumer is push based", nameof(PullVerdict.Hopeless))]
    [InlineData("409 Exceeded MaxAckPending", nameof(PullVerdict.Unknown))]
    [InlineData("409 Exceeded MaxWaiting", nameof(PullVerdict.Unknown))]
    [InlineData("409 Exceeded MaxRequestBatch of 10", nameof(PullVerdict.Unknown))]
    [InlineData("409 Batch Completed", nameof(PullVerdict.Unknown))]
    [InlineData("409 Server Shutdown", nameof(PullVerdict.Unknown))]
    [InlineData("423 Nats-Wrong-Pin-Id", nameof(PullVerdict.Unknown))]
    [InlineData("", nameof(PullVerdict.Unknown))]
    [InlineData("-1 No Messages", nameof(PullVerdict.Unknown))]
    public void A_status_has_its_meaning(string status, string verdict) => Assert.Equal(verdict, Read($"NATS/1.0 {status}\r\n\r\n").Judge().ToString());

    [Theory]
    [InlineData("Nats-Pending-Messages: 3\r\nNats-Pending-Bytes: 70\r\n", 3, 70)]
    [InlineData("", 0, 0)]
    [InlineData("Nats-Pending-Messages: -3\r\nNats-Pending-Bytes: x\r\n", 0, 0)]
    [InlineData("Nats-Pending-Messages: 99999999999999999999\r\n", 0, 0)]
    [InlineData("Nats-Pending-Messages: 3\r\nNats-Pending-Messages: 4\r\n", 4, 0)]
    public void What_will_not_come_is_a_number_or_nothing(string lines, long messages, long bytes) =>
        Assert.Equal((messages, bytes), Read($"NATS/1.0 408 Request Timeout\r\n{lines}\r\n").Pending());

    private static NATS.Client.Core.NatsHeaders Read(string block) => HeaderBlock.Read(Encoding.ASCII.GetBytes(block));
}
