using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>
/// What any number of sockets subscribed to with the same parameters: a state, told as a snapshot and updates. Nothing is
/// queued per socket. A socket remembers the sequence it has; the topic keeps its last few messages, and for whoever is
/// further behind the snapshot is the shorter way: that is the conflation of slow clients.
/// </summary>
/// <remarks>Changed under the clock's lock; what sockets need is one immutable reference, read without it.</remarks>
internal abstract class Topic(string id)
{
    private const int Kept = 32;

    private volatile Published _published = new(0, []);
    private ImmutableArray<IWake> _subscribers = [];
    private TopicMessage? _snapshot;
    private TopicClock? _clock;

    public string Id => id;

    /// <summary>Who asks for what it looks at: the first who was signed in. Changed with the clock's lock held.</summary>
    public Account Asker { get; private set; } = Account.Anonymous;

    /// <summary>The metrics it looks at. Called with the clock's lock held.</summary>
    public virtual IReadOnlyList<RuleMetric> Metrics(MetricCatalogue catalogue) => [];

    /// <summary>Complete when it can tell its state; failed when it never will.</summary>
    public virtual Task ReadyAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Called with the clock's lock held, when the first socket comes.</summary>
    public void Open(TopicClock clock)
    {
        (_clock, _published) = (clock, new Published(clock.Next(), []));
        Start();
    }

    public void Join(Seat seat)
    {
        if (Asker.IsAnonymous) Asker = seat.Account;
        ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Add(one), seat.Socket);
    }

    /// <returns>Whether nobody is left.</returns>
    public bool Leave(IWake socket)
    {
        ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Remove(one), socket);
        return _subscribers.IsEmpty;
    }

    /// <summary>Called with the clock's lock held, when the last socket has gone.</summary>
    public virtual void Close()
    {
    }

    /// <summary>Called with the clock's lock held.</summary>
    /// <returns>Whether there is news, of which <see cref="Wake"/> then tells the sockets.</returns>
    public bool Tick()
    {
        var before = _published;
        WriteUpdates();
        return !ReferenceEquals(before, _published);
    }

    public void Wake() => Crowd.Wake(_subscribers);

    /// <summary>Adds what a socket lacks that has everything up to a sequence; 0 for a new one.</summary>
    /// <returns>The sequence it has then.</returns>
    public long Take(long has, List<TopicMessage> into)
    {
        var published = _published;
        if (has == published.Sequence) return has;
        var first = 0;
        while (first < published.Recent.Length && published.Recent[first].Sequence <= has) first++;
        var isKnown = has > 0 && first < published.Recent.Length && published.Recent[first].Before <= has;
        if (!isKnown || IsLongerThanSnapshot(published.Recent, first)) into.Add(Snapshot());
        else for (var i = first; i < published.Recent.Length; i++) into.Add(published.Recent[i]);
        return into[^1].Sequence;
    }

    /// <summary>The name a subscription of this kind has for every client, in its answer and its messages.</summary>
    public static string IdOf(string channel, string key) =>
        $"{channel}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 6))}";

    protected TopicClock Clock => _clock ?? throw new InvalidOperationException($"The topic {id} is not open");

    protected virtual void Start()
    {
    }

    /// <summary>Writes what is new, each message between <see cref="BeginUpdate"/> and <see cref="EndUpdate"/>; one that is begun may be given up.</summary>
    protected abstract void WriteUpdates();

    protected abstract void WriteSnapshot(TopicWriter writer, Utf8JsonWriter json);

    protected Utf8JsonWriter BeginUpdate() => Clock.Writer.Begin("update", id, Clock.Next());

    protected void EndUpdate()
    {
        var message = new TopicMessage(Clock.Sequence, _published.Sequence, Clock.Writer.End(), Clock.Writer.BornAt);
        var recent = _published.Recent;
        if (recent.Length == Kept) recent = recent.RemoveAt(0);
        _published = new Published(message.Sequence, recent.Add(message));
    }

    private bool IsLongerThanSnapshot(ImmutableArray<TopicMessage> recent, int first)
    {
        if (first == recent.Length - 1 || _snapshot is not { } snapshot) return false;
        var length = 0L;
        for (var i = first; i < recent.Length; i++) length += recent[i].Json.Length;
        return length > snapshot.Json.Length;
    }

    private TopicMessage Snapshot()
    {
        lock (Clock.Gate)
        {
            var sequence = _published.Sequence;
            if (_snapshot is { } made && made.Sequence == sequence) return made;
            var writer = Clock.Writer;
            WriteSnapshot(writer, writer.Begin("snapshot", id, sequence));
            return _snapshot = new TopicMessage(sequence, 0, writer.End(), writer.BornAt);
        }
    }

    private sealed record Published(long Sequence, ImmutableArray<TopicMessage> Recent);
}
