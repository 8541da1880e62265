using System.Collections.Concurrent;
using System.Text;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>A request through the public API: the reply becomes a message.</summary>
internal sealed class RequestSlot<TReply> : ReplySlot<NatsMsg<TReply>>
{
    private const int MostPooled = 1024;
    private static readonly ConcurrentQueue<RequestSlot<TReply>> Pool = new();

    private NatsConnection? _connection;
    private INatsDeserialize<TReply>? _deserializer;
    private bool _throwIfNoResponders;

    public static RequestSlot<TReply> Rent(NatsConnection connection, INatsDeserialize<TReply> deserializer, bool throwIfNoResponders)
    {
        if (!Pool.TryDequeue(out var slot))
            slot = new RequestSlot<TReply>();
        slot._connection = connection;
        slot._deserializer = deserializer;
        slot._throwIfNoResponders = throwIfNoResponders;
        return slot;
    }

    protected override NatsMsg<TReply> Read(in InboundMessage reply)
    {
        if (_throwIfNoResponders && reply.SaysNoResponders)
            throw new NatsNoRespondersException();
        return MessageReader.Read(reply, Encoding.ASCII.GetString(reply.Subject), _connection!, _deserializer!);
    }

    protected override void Recycle()
    {
        _connection = null;
        if (Pool.Count < MostPooled)
            Pool.Enqueue(this);
    }
}
