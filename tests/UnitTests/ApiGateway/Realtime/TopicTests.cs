using System.Text.Json.Nodes;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Testing;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class TopicTests : IDisposable
{
    private static readonly MetricCatalogue Catalogue = new(
    [
        new MetricDefinition("price", "price", [], "price", "The price.", 1),
        new MetricDefinition("change(5m)", "change", ["5m"], "percent", "The change.", 5),
    ]);

    private readonly FrameBook _book = new();
    private readonly MarketView _market;
    private readonly TopicClock _clock;
    private readonly TopicBook _topics;
    private readonly Sleeper _sleeper = new();
    private long _calculatedAt;

    public TopicTests()
    {
        _market = new MarketView(_book);
        var options = Options.Create(new RealtimeOptions { MaxTopics = 3 });
        _clock = new TopicClock(_market, new HeartbeatRegistry(TimeProvider.System), options, new ManualTime());
        _topics = new TopicBook(_clock, _market, options);
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void A_snapshot_comes_first_then_only_what_changed()
    {
        Offer("BTC", 1, 10);
        Offer("ETH", 1, 20);
        var client = new Client(Metrics("price"));
        Assert.Equal("""snapshot [["x","BTC",60000,false,10],["x","ETH",60000,false,20]]""", client.Next());

        _clock.Tick();
        Assert.Null(client.Next());

        Offer("ETH", 1, 21);
        _clock.Tick();
        Assert.Equal("""update [["x","ETH",60000,false,21]]""", client.Next());
        Assert.Equal(1, _sleeper.Woken);
    }

    [Fact]
    public void A_row_whose_columns_stand_still_is_not_told()
    {
        Offer("BTC", 1, 10, change: 1);
        var client = new Client(Metrics("price"));
        client.Next();
        Offer("BTC", 1, 10, change: 2);
        _clock.Tick();
        Assert.Null(client.Next());
        Offer("BTC", 1, 10, change: 2, isClosed: true);
        _clock.Tick();
        Assert.Equal("""update [["x","BTC",60000,true,10]]""", client.Next());
    }

    [Fact]
    public void Many_changes_between_two_beats_are_one_message_with_the_last_values()
    {
        Offer("BTC", 1, 10);
        var client = new Client(Metrics("price"));
        client.Next();
        for (var price = 11; price < 20; price++) Offer("BTC", 1, price);
        Offer("ETH", 1, 5);
        _clock.Tick();
        var update = client.Next();
        Assert.Contains(update, new[] { """update [["x","BTC",60000,false,19],["x","ETH",60000,false,5]]""", """update [["x","ETH",60000,false,5],["x","BTC",60000,false,19]]""" });
        Assert.Null(client.Next());
    }

    [Fact]
    public void What_is_unknown_is_null()
    {
        Offer("BTC", 1, double.NaN);
        Assert.Equal("""snapshot [["x","BTC",60000,false,null,null]]""", new Client(Metrics("price", "nonsense")).Next());
    }

    [Fact]
    public void All_sockets_send_the_same_bytes()
    {
        Offer("BTC", 1, 10);
        var topic = Metrics("price");
        Assert.Same(topic, Metrics("price"));
        var (one, other) = (Take(topic, 0), Take(topic, 0));
        Assert.Same(one.Single().Json, other.Single().Json);
        Offer("BTC", 1, 11);
        _clock.Tick();
        Assert.Same(Take(topic, one[0].Sequence).Single().Json, Take(topic, other[0].Sequence).Single().Json);
    }

    [Fact]
    public void A_slow_client_gets_what_it_missed_or_the_whole_when_that_is_shorter()
    {
        for (var i = 0; i < 50; i++) Offer($"COIN{i:00}", 1, i);
        var client = new Client(Metrics("price"));
        client.Next();
        Move(beats: 2);
        Assert.StartsWith("update", client.Next(), StringComparison.Ordinal);
        Assert.StartsWith("update", client.Next(), StringComparison.Ordinal);
        Move(beats: 40);
        Assert.StartsWith("snapshot", client.Next(), StringComparison.Ordinal);
        Assert.Null(client.Next());

        void Move(int beats)
        {
            for (var i = 0; i < beats; i++)
            {
                Offer("COIN00", 1, 1_000 + _calculatedAt);
                _clock.Tick();
            }
        }
    }

    /// <summary>Whatever a client skips, following the protocol it ends with the state of the market.</summary>
    [Fact]
    public void A_client_of_any_speed_ends_with_the_state_of_the_market()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var client = new Client(Metrics("price"));
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var last = 0L;
        for (var beat = 0; beat < 500; beat++)
        {
            for (var i = random.Next(4); i > 0; i--) Offer($"COIN{random.Next(8)}", beat / 10, random.Next(3));
            _clock.Tick();
            if (random.Next(10) == 0) Read();
        }

        Read();
        var expected = _book.All.OrderBy(frame => frame.Instrument).Select(frame => $"{frame.Instrument.Symbol}={frame.Values[0]}");
        Assert.True(expected.SequenceEqual(state.Select(row => $"{row.Key}={row.Value}")), $"seed {seed}");

        void Read()
        {
            foreach (var message in client.Take())
            {
                Assert.True((long)message["sequence"]! > last, $"seed {seed}: the sequence does not increase");
                last = (long)message["sequence"]!;
                if ((string)message["type"]! == "snapshot") state.Clear();
                foreach (var row in message["rows"]!.AsArray()) state[(string)row![1]!] = row[4]!.ToJsonString();
            }
        }
    }

    [Fact]
    public void A_screener_tells_who_enters_leaves_and_changes()
    {
        Offer("BTC", 1, 10, change: 2);
        Offer("ETH", 1, 20, change: 0);
        var client = new Client(Screener("change(5m) > 1", "-price", limit: 10));
        Assert.Equal("""{"total":1,"rows":[["x","BTC",60000,false,10]]}""", client.Without("columns"));

        Offer("ETH", 1, 20, change: 3);
        _clock.Tick();
        Assert.Equal("""{"total":2,"entered":[["x","ETH",60000,false,20]],"left":[],"changed":[]}""", client.Without("columns"));

        Offer("BTC", 1, 10, change: 0);
        Offer("ETH", 1, 21, change: 3);
        _clock.Tick();
        Assert.Equal("""{"total":1,"entered":[],"left":[["x","BTC"]],"changed":[["x","ETH",60000,false,21]]}""", client.Without("columns"));

        Offer("BTC", 1, 10, change: 0.5);
        _clock.Tick();
        Assert.Null(client.Next());
    }

    [Fact]
    public void A_screener_shows_the_first_ones_and_counts_all()
    {
        for (var i = 1; i <= 5; i++) Offer($"COIN{i}", 1, i);
        var client = new Client(Screener(null, "-price", limit: 2));
        Assert.Equal("""{"total":5,"rows":[["x","COIN5",60000,false,5],["x","COIN4",60000,false,4]]}""", client.Without("columns"));
        Offer("COIN1", 1, 9);
        _clock.Tick();
        Assert.Equal("""{"total":5,"entered":[["x","COIN1",60000,false,9]],"left":[["x","COIN4"]],"changed":[]}""", client.Without("columns"));
    }

    [Fact]
    public void A_topic_that_nobody_has_is_forgotten_and_its_successor_knows_the_market_of_now()
    {
        Offer("BTC", 1, 10);
        var first = Metrics("price");
        _topics.Leave(first, new Seat(_sleeper, "somebody", Account.Anonymous));
        Offer("BTC", 1, 11);
        _clock.Tick();
        var second = Metrics("price");
        Assert.NotSame(first, second);
        Assert.Equal("""snapshot [["x","BTC",60000,false,11]]""", new Client(second).Next());
    }

    [Fact]
    public void There_are_only_so_many_different_topics()
    {
        var first = Metrics("a");
        foreach (var column in (string[])["b", "c"]) Metrics(column);
        Assert.Equal("full", Assert.Throws<ProtocolException>(() => Metrics("d")).Code);
        Assert.Same(first, Metrics("a")); // what others have, costs nothing more
        _topics.Leave(first, new Seat(_sleeper, "somebody", Account.Anonymous));
        Assert.Throws<ProtocolException>(() => Metrics("d"));
        _topics.Leave(first, new Seat(_sleeper, "somebody", Account.Anonymous));
        Metrics("d");
    }

    [Fact]
    public void No_client_takes_all_of_them()
    {
        var topics = new TopicBook(_clock, _market, Options.Create(new RealtimeOptions { MaxTopicsPerClient = 2 }));
        Topic Join(string column, string client) => topics.Join(
            "metrics", column, id => new MetricsTopic(id, _market, new FrameColumns([column]), null, new HashSet<InstrumentId>()), new Seat(_sleeper, client, Account.Anonymous));
        var first = Join("a", "greedy");
        Join("b", "greedy");
        Join("b", "greedy"); // of another socket of theirs
        Assert.Equal("full", Assert.Throws<ProtocolException>(() => Join("c", "greedy")).Code);
        Join("c", "modest");
        topics.Leave(first, new Seat(_sleeper, "greedy", Account.Anonymous));
        Join("c", "greedy");
    }

    private Topic Metrics(params string[] columns) => _topics.Join(
        "metrics", string.Join(' ', columns), id => new MetricsTopic(id, _market, new FrameColumns(columns), null, new HashSet<InstrumentId>()), new Seat(_sleeper, "somebody", Account.Anonymous));

    private Topic Screener(string? filter, string? sort, int limit) => _topics.Join(
        "screener", $"{filter} {sort}", id => new ScreenerTopic(id, _market, new ScreenerQuery(filter, sort, limit), new FrameColumns(["price"])), new Seat(_sleeper, "somebody", Account.Anonymous));

    private void Offer(string symbol, long minute, double price, double change = double.NaN, bool isClosed = false) => _book.Offer(new LatestFrame(
        new InstrumentId("x", symbol), Catalogue, new FrameHeader(isClosed, Catalogue.Hash, minute * 60_000, 0, 0, ++_calculatedAt, 1, 0), [price, change]));

    private static List<TopicMessage> Take(Topic topic, long has)
    {
        var messages = new List<TopicMessage>();
        topic.Take(has, messages);
        return messages;
    }

    private sealed class Sleeper : IWake
    {
        public int Woken { get; private set; }

        public void Wake() => Woken++;
    }

    private sealed class Client(Topic topic)
    {
        private readonly Queue<JsonObject> _read = new();
        private long _has;

        public IEnumerable<JsonObject> Take()
        {
            var messages = new List<TopicMessage>();
            _has = topic.Take(_has, messages);
            return messages.Select(message => JsonNode.Parse(message.Json)!.AsObject());
        }

        public string? Next() => Read() is { } message ? $"{message["type"]} {message["rows"]!.ToJsonString()}" : null;

        /// <summary>The data of the next message.</summary>
        public string Without(string field)
        {
            var message = Read()!;
            foreach (var name in (string[])["type", "subscription", "sequence", field]) message.Remove(name);
            return message.ToJsonString();
        }

        private JsonObject? Read()
        {
            if (_read.Count == 0) foreach (var message in Take()) _read.Enqueue(message);
            return _read.TryDequeue(out var next) ? next : null;
        }
    }
}
