using System.Text;
using CryptoScreener.Testing.Fuzzing;
using NATS.Client.Core;
using NATS.Client.Core.Internal.Protocol;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>What a server may send: each operation is read, waited for or refused as a violation, and none reaches behind the bytes that are there.</summary>
public sealed class ProtocolFuzzTests
{
    private const int MaxPayload = 1024;

    [Fact]
    public void Operations() => Fuzz.Run("nats-operations", Bytes([.. ProtocolCorpus.Operations, .. ProtocolCorpus.Violations]), input =>
    {
        try
        {
            for (var rest = input.AsSpan(); ServerOpParser.TryRead(rest, MaxPayload, out var op, out var needed); rest = rest[op.Length..])
            {
                Assert.InRange(op.Length, 1, rest.Length);
                Assert.True(needed <= rest.Length);
                if (op.Kind == ServerOpKind.Message && op.HeaderLength > 0) HeaderBlock.Read(rest.Slice(op.BodyOffset, op.HeaderLength));
                if (op.Kind == ServerOpKind.Info) ServerInfo.Parse(op.Argument);
            }
        }
        catch (NatsProtocolViolationException)
        {
            // refused
        }
    });

    [Fact]
    public void Header_blocks() => Fuzz.Run(
        "nats-headers",
        Bytes(["NATS/1.0\r\n\r\n", "NATS/1.0 503\r\n\r\n", "NATS/1.0 100 Idle Heartbeat\r\nNats-Last-Consumer: 5\r\n\r\n", "NATS/1.0\r\nA: 1\r\nA: 2\r\nb:\r\n\r\n"]),
        input => HeaderBlock.Read(input));

    private static IReadOnlyList<byte[]> Bytes(string[] texts) => [.. texts.Select(Encoding.Latin1.GetBytes)];
}
