using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream.Internal;

/// <summary>How far an ordered consumer has come, and so how the next one on the server has to begin.</summary>
internal sealed class OrderedPosition(NatsJSOrderedConsumerOpts opts)
{
    /// <summary>Null while it is open where reading begins; 0, before the first message there will be, is a position as well.</summary>
    public ulong? Last { get; private set; }

    public void Read(ulong sequence) => Last = sequence;

    /// <summary>A consumer was made, in the state described.</summary>
    public void Began(ConsumerInfo info)
    {
        if (info.Delivered.StreamSeq < Last)
            throw new NatsJSException("The stream ends before what was read of it: it was replaced or lost its end");
        // New means since the first consumer: what was stored while its successor was made is not to be passed over.
        if (Last is null && opts.DeliverPolicy == ConsumerConfigDeliverPolicy.New)
            Last = info.Delivered.StreamSeq;
    }

    public ConsumerConfig Describe(string name)
    {
        var config = new ConsumerConfig
        {
            Name = name,
            DeliverPolicy = opts.DeliverPolicy,
            OptStartSeq = opts.OptStartSeq,
            OptStartTime = opts.OptStartTime,
            AckPolicy = ConsumerConfigAckPolicy.None,
            ReplayPolicy = opts.ReplayPolicy,
            InactiveThreshold = opts.InactiveThreshold,
            NumReplicas = 1,
            MemStorage = true,
        };
        // One filter by the old field: servers before 2.10 ignore the new one and would deliver everything.
        if (opts.FilterSubjects is [var only])
            config.FilterSubject = only;
        else if (opts.FilterSubjects.Length > 1)
            config.FilterSubjects = opts.FilterSubjects;
        if (Last is { } last)
        {
            config.DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence;
            config.OptStartSeq = last + 1;
            config.OptStartTime = default;
        }

        return config;
    }
}
