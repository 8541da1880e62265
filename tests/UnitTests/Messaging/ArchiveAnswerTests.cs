using System.Text;
using CryptoScreener.Messaging.Snapshots;

namespace CryptoScreener.UnitTests.Messaging;

public sealed class ArchiveAnswerTests
{
    [Fact]
    public void A_stream_is_described_by_its_configuration_and_state()
    {
        var answer = Parse("""{"config":{"name":"ALERTS"},"state":{"messages":7},"ts":"now"}""");

        Assert.Null(answer.Refusal);
        Assert.Equal("""{"config":{"name":"ALERTS"},"state":{"messages":7}}""", answer.Description!.ToJsonString());
    }

    [Fact]
    public void A_restore_is_told_where_its_parts_go() =>
        Assert.Equal("$JS.SNAPSHOT.RESTORE.ALERTS.x", Parse("""{"deliver_subject":"$JS.SNAPSHOT.RESTORE.ALERTS.x"}""").DeliverSubject);

    [Theory]
    [InlineData("""{"error":{"code":404,"description":"stream not found"}}""", "stream not found", true)]
    [InlineData("""{"error":{"code":500,"description":"no space"}}""", "no space", false)]
    [InlineData("""{"error":{"code":500}}""", """{"code":500}""", false)]
    [InlineData("""{"error":"no"}""", "\"no\"", false)]
    public void A_refusal_says_why_and_whether_there_is_no_such_stream(string json, string why, bool isNotFound)
    {
        var answer = Parse(json);

        Assert.Equal((why, isNotFound), (answer.Refusal, answer.IsNotFound));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"error":{"description":"\ud800"}}""")]
    [InlineData("""{"config":{"name":"\ud800"},"state":{}}""")]
    public void What_cannot_be_read_is_told_as_a_snapshot_that_failed(string json) =>
        Assert.NotEmpty(Assert.Throws<StreamArchiveException>(() => Parse(json)).Message);

    private static ArchiveAnswer Parse(string json) => ArchiveAnswer.Parse(Encoding.UTF8.GetBytes(json));
}
