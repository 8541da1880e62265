using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NATS.Client.Core;
using NATS.Client.Core.Internal.Protocol;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class HeaderBlockTests
{
    [Fact]
    public void Headers_that_were_written_are_read_again()
    {
        const string KeyChars = "abcXYZ019-_.!#$%&'*+^`|~";
        var values = Gen.Elements([.. KeyChars.Where(c => c != ' '), ':', '"', ',']).ArrayOf().Select(chars => new string(chars));
        var keys = Gen.Elements(KeyChars.ToCharArray()).NonEmptyListOf().Select(chars => new string([.. chars]));
        var headers = keys.Zip(values).ListOf();

        Prop.ForAll(headers.ToArbitrary(), pairs => SurvivesTheWire(pairs.Select(pair => (pair.Item1, pair.Item2)))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("NATS/1.0 100 Idle Heartbeat\r\n\r\n", 100, "Idle Heartbeat", NatsHeaders.Messages.IdleHeartbeat)]
    [InlineData("NATS/1.0 503\r\n\r\n", 503, "", NatsHeaders.Messages.Text)]
    [InlineData("NATS/1.0 409 Consumer Deleted\r\n\r\n", 409, "Consumer Deleted", NatsHeaders.Messages.ConsumerDeleted)]
    [InlineData("NATS/1.0 409 Leadership Change\r\n\r\n", 409, "Leadership Change", NatsHeaders.Messages.Text)]
    [InlineData("NATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 3\r\n\r\n", 408, "Request Timeout", NatsHeaders.Messages.RequestTimeout)]
    public void A_status_line_is_understood(string block, int code, string text, NatsHeaders.Messages message)
    {
        var headers = HeaderBlock.Read(Encoding.ASCII.GetBytes(block));

        Assert.Equal((code, text, message), (headers.Code, headers.MessageText, headers.Message));
        Assert.Null(headers.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NATS/1.0")]
    [InlineData("HTTP/1.1 200\r\n\r\n")]
    [InlineData("NATS/1.0 abc\r\n\r\n")]
    [InlineData("NATS/1.0\r\nno colon\r\n\r\n")]
    [InlineData("NATS/1.0\r\n: no key\r\n\r\n")]
    [InlineData("NATS/1.0\r\na b: c\r\n\r\n")]
    [InlineData("NATS/1.0\r\na: b")]
    public void A_broken_block_is_an_error_of_the_message(string block) =>
        Assert.IsType<NatsHeaderParseException>(HeaderBlock.Read(Encoding.ASCII.GetBytes(block)).Error);

    [Fact]
    public void Arbitrary_bytes_are_headers_or_an_error() =>
        Prop.ForAll<byte[]>(bytes => HeaderBlock.Read([.. "NATS/1.0"u8, .. bytes]) is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_truncation_of_a_block_is_an_error_of_the_message_until_its_status_line_is_whole()
    {
        foreach (var block in ProtocolCorpus.HeaderBlocks)
        {
            for (var length = 0; length < block.Length; length++)
            {
                // Whole lines are a block, the empty one at the end being only a courtesy.
                var isWhole = block[..length].EndsWith("\r\n", StringComparison.Ordinal);
                Assert.Equal(isWhole, HeaderBlock.Read(Encoding.ASCII.GetBytes(block[..length])).Error is null);
            }
        }
    }

    [Fact]
    public void A_damaged_block_is_headers_or_an_error_of_the_message()
    {
        var damaged =
            from text in Gen.Elements(ProtocolCorpus.HeaderBlocks)
            from at in Gen.Choose(0, text.Length - 1)
            from value in Gen.Choose(0, 255)
            from cut in Gen.Choose(0, text.Length)
            from tail in Gen.Elements(ProtocolCorpus.HeaderBlocks)
            select ProtocolCorpus.Damage(text, at, (byte)value, cut, tail);

        Prop.ForAll(damaged.ToArbitrary(), bytes => HeaderBlock.Read(bytes) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static bool SurvivesTheWire(IEnumerable<(string Key, string Value)> pairs)
    {
        var headers = new NatsHeaders();
        foreach (var (key, value) in pairs)
            headers[key] = value;
        var wire = new WireBuffer(16);
        HeaderBlock.Write(wire, headers);
        var read = HeaderBlock.Read(wire.Span);
        return read.Error is null && read.Count == headers.Count && headers.All(pair => read[pair.Key] == pair.Value);
    }
}
