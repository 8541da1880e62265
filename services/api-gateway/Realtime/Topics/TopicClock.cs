using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Hosting.Health;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>
/// The beat of all state channels: looks at the market, lets every topic say what changed, then wakes the sockets. All
/// topics change on this one thread or under this one lock, so none has a lock of its own.
/// </summary>
internal sealed class TopicClock(MarketView market, HeartbeatRegistry hearts, IOptions<RealtimeOptions> options, TimeProvider time) : BackgroundService
{
    // A beat that takes so long is stuck, and every socket with it.
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    private readonly List<Topic> _news = [];
    private Topic[] _topics = [];

    public Lock Gate { get; } = new();

    /// <summary>To be used with the lock held.</summary>
    public TopicWriter Writer { get; } = new();

    public TimeProvider Time => time;

    /// <summary>The last sequence given to any message of any topic: they increase over all of them.</summary>
    public long Sequence { get; private set; }

    public long Next() => ++Sequence;

    public void Show(IEnumerable<Topic> topics) => _topics = [.. topics];

    public void Tick()
    {
        lock (Gate)
        {
            if (_topics.Length == 0) return;
            market.Advance();
            foreach (var topic in _topics)
                if (topic.Tick()) _news.Add(topic);
        }

        foreach (var topic in _news) topic.Wake();
        _news.Clear();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.ConflateMilliseconds), time);
        using var heart = hearts.Watch("sockets", StuckAfter);
        do
        {
            heart.Beat();
            Tick();
            heart.Rest();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
