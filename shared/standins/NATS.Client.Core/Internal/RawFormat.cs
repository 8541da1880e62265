using System.Buffers;

namespace NATS.Client.Core.Internal;

internal delegate void RawWriter<T>(IBufferWriter<byte> writer, T value);

internal delegate T RawReader<T>(in ReadOnlySequence<byte> bytes);

/// <summary>How one of the types that are nothing but bytes goes over the wire; empty payloads are nobody's to read.</summary>
internal sealed record RawFormat<T>(RawWriter<T> Write, RawReader<T> Read);

internal static class RawFormat
{
    private static readonly object[] All =
    [
        new RawFormat<byte[]>((writer, bytes) => writer.Write(bytes), (in bytes) => bytes.ToArray()),
        new RawFormat<Memory<byte>>((writer, bytes) => writer.Write(bytes.Span), (in bytes) => bytes.ToArray()),
        new RawFormat<ReadOnlyMemory<byte>>((writer, bytes) => writer.Write(bytes.Span), (in bytes) => bytes.ToArray()),
        new RawFormat<ReadOnlySequence<byte>>(WriteSegments, (in bytes) => new ReadOnlySequence<byte>(bytes.ToArray())),
        new RawFormat<NatsMemoryOwner<byte>>(WriteAndDispose, Pooled),
        new RawFormat<IMemoryOwner<byte>>(WriteAndDispose, (in bytes) => Pooled(bytes)),
    ];

    public static RawFormat<T>? Of<T>() => All.OfType<RawFormat<T>>().FirstOrDefault();

    public static void WriteAndDispose(IBufferWriter<byte> writer, IMemoryOwner<byte> owner)
    {
        using (owner)
            writer.Write(owner.Memory.Span);
    }

    private static void WriteAndDispose(IBufferWriter<byte> writer, NatsMemoryOwner<byte> owner)
    {
        writer.Write(owner.Span);
        owner.Dispose();
    }

    private static void WriteSegments(IBufferWriter<byte> writer, ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
            writer.Write(segment.Span);
    }

    private static NatsMemoryOwner<byte> Pooled(in ReadOnlySequence<byte> bytes)
    {
        var owner = NatsMemoryOwner<byte>.Allocate((int)bytes.Length);
        bytes.CopyTo(owner.Span);
        return owner;
    }
}
