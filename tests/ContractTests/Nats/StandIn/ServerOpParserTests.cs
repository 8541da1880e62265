using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NATS.Client.Core;
using NATS.Client.Core.Internal.Protocol;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class ServerOpParserTests
{
    private const int MaxPayload = 1 << 20;

    private static readonly string[] Corpus = ProtocolCorpus.Operations;

    [Fact]
    public void Every_truncation_asks_for_more_and_the_whole_is_read()
    {
        foreach (var text in Corpus)
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.False(ServerOpParser.TryRead(bytes.AsSpan(0, length), MaxPayload, out _, out var needed), $"{length} bytes of {text}");
                Assert.InRange(needed, length + 1, bytes.Length);
            }

            Assert.True(ServerOpParser.TryRead(bytes, MaxPayload, out var op, out _));
            Assert.Equal(bytes.Length, op.Length);
        }
    }

    [Fact]
    public void The_parts_of_a_message_are_found()
    {
        Assert.True(ServerOpParser.TryRead("HMSG a.b 7 c.d 17 20\r\nNATS/1.0\r\nA:b\r\n\r\nabc\r\nPING\r\n"u8, MaxPayload, out var op, out _));

        Assert.Equal(ServerOpKind.Message, op.Kind);
        Assert.Equal("a.b", Encoding.ASCII.GetString(op.Subject));
        Assert.Equal("c.d", Encoding.ASCII.GetString(op.ReplyTo));
        Assert.Equal((7, 17, 3), (op.Sid, op.HeaderLength, op.PayloadLength));
        Assert.Equal("HMSG a.b 7 c.d 17 20\r\n".Length, op.BodyOffset);
    }

    [Fact]
    public void Arbitrary_bytes_are_an_operation_a_violation_or_not_enough() =>
        Prop.ForAll<byte[]>(bytes => Survives(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_operation_is_an_operation_a_violation_or_not_enough()
    {
        var damaged =
            from text in Gen.Elements<string>([.. Corpus, .. ProtocolCorpus.Violations])
            from at in Gen.Choose(0, text.Length - 1)
            from value in Gen.Choose(0, 255)
            from cut in Gen.Choose(0, text.Length)
            from tail in Gen.Elements(Corpus)
            select ProtocolCorpus.Damage(text, at, (byte)value, cut, tail);

        Prop.ForAll(damaged.ToArbitrary(), bytes => Survives(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Fact]
    public void However_the_stream_is_cut_the_same_operations_come_out()
    {
        var streams =
            from parts in Gen.Elements(Corpus).ListOf()
            from chunk in Gen.Choose(1, 40)
            select (Text: string.Concat(parts), Parts: parts.Count, Chunk: chunk);

        Prop.ForAll(streams.ToArbitrary(), stream => Operations(stream.Text, stream.Chunk) == stream.Parts).QuickCheckThrowOnFailure();
    }

    private static bool Survives(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return !ServerOpParser.TryRead(bytes, MaxPayload, out var op, out var needed) ? needed > bytes.Length : op.Length <= bytes.Length;
        }
        catch (NatsProtocolViolationException)
        {
            return true;
        }
    }

    private static int Operations(string text, int chunk)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var (start, end, operations) = (0, 0, 0);
        while (end < bytes.Length || start < end)
        {
            if (ServerOpParser.TryRead(bytes.AsSpan(start, end - start), MaxPayload, out var op, out _))
            {
                start += op.Length;
                operations++;
            }
            else
            {
                end = Math.Min(end + chunk, bytes.Length);
            }
        }

        return operations;
    }
}
