using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>The topics somebody listens to: one for each channel and set of parameters, however many sockets.</summary>
internal sealed class TopicBook(TopicClock clock, MarketView market, IOptions<RealtimeOptions> options)
{
    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    /// <param name="key">Channel and parameters in their one spelling.</param>
    /// <param name="create">Makes the topic from its id, when nobody has it yet.</param>
    /// <param name="socket">Who is told of news from now on, until <see cref="Leave"/>.</param>
    public Topic Join(string channel, string key, Func<string, Topic> create, IWake socket)
    {
        lock (clock.Gate)
        {
            var name = $"{channel} {key}";
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

            topic.Join(socket);
            return topic;
        }
    }

    public void Leave(Topic topic, IWake socket)
    {
        lock (clock.Gate)
        {
            if (!topic.Leave(socket)) return;
            foreach (var name in _topics.Where(entry => ReferenceEquals(entry.Value, topic)).Select(entry => entry.Key).ToList()) _topics.Remove(name);
            topic.Close();
            clock.Show(_topics.Values);
        }
    }
}
