using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>The topics somebody listens to: one for each channel and set of parameters, however many sockets.</summary>
internal sealed class TopicBook(TopicClock clock, MarketView market, IOptions<RealtimeOptions> options)
{
    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly TopicShares _shares = new(options.Value.MaxTopicsPerClient);

    /// <param name="key">Channel and parameters in their one spelling.</param>
    /// <param name="create">Makes the topic from its id, when nobody has it yet.</param>
    /// <param name="seat">Who is told of news from now on, until <see cref="Leave"/>.</param>
    public Topic Join(string channel, string key, Func<string, Topic> create, Seat seat)
    {
        lock (clock.Gate)
        {
            var name = $"{channel} {key}";
            if (!_shares.HasRoom(seat.Client, name))
                throw new ProtocolException("full", $"Your sockets have {options.Value.MaxTopicsPerClient} different subscriptions, which is the most: unsubscribe from some.");
            if (!_topics.TryGetValue(name, out var topic))
            {
                if (_topics.Count >= options.Value.MaxTopics)
                    throw new ProtocolException("full", "This gateway has as many different subscriptions as it takes. Try again later, or with parameters that others use.");

                // While nobody listens nobody looks; the first one must not be told what was then.
                if (_topics.Count == 0) market.Advance();
                topic = _topics[name] = create(Topic.IdOf(channel, key));
                topic.Open(clock);
                clock.Show(_topics.Values);
            }

            _shares.Take(seat.Client, name);
            topic.Join(seat);
            return topic;
        }
    }

    /// <summary>The metrics that one of them looks at.</summary>
    public IReadOnlyList<RuleMetric> MetricsOf(Topic topic, MetricCatalogue catalogue)
    {
        lock (clock.Gate) return topic.Metrics(catalogue);
    }

    /// <summary>What each topic looks at, and who asks for it.</summary>
    public IReadOnlyList<(Account Asker, IReadOnlyList<RuleMetric> Metrics)> Metrics(MetricCatalogue catalogue)
    {
        lock (clock.Gate) return [.. _topics.Values.Select(topic => (topic.Asker, topic.Metrics(catalogue)))];
    }

    public void Leave(Topic topic, Seat seat)
    {
        lock (clock.Gate)
        {
            var name = _topics.First(entry => ReferenceEquals(entry.Value, topic)).Key;
            _shares.Give(seat.Client, name);
            if (!topic.Leave(seat.Socket)) return;
            _topics.Remove(name);
            topic.Close();
            clock.Show(_topics.Values);
        }
    }
}
