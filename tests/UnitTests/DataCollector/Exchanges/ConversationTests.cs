using System.Globalization;
using System.Text;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

public sealed class ConversationTests
{
    public static TheoryData<string> Names => [.. VenueUnderTest.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_conversation_goes_as_it_is_written(string name)
    {
        var venue = VenueUnderTest.Of(name);
        var lines = Conversation.Of(name).Lines;
        var ours = new Queue<string>(venue.Exchange.SubscribeFrames(venue.Symbols));
        if (venue.Exchange.KeepAlive is { } keepAlive) ours.Enqueue(Encoding.UTF8.GetString(keepAlive.Frame.Span));
        for (var i = 1; i < lines.Length; i++)
        {
            var text = lines[i][2..];
            switch (lines[i][0])
            {
                case '>':
                    Assert.Equal(text, ours.Dequeue());
                    break;
                case '<':
                    Assert.Equal("Control", Understood(venue, text));
                    break;
                case '=':
                    Assert.Equal(lines[++i].Trim(), Understood(venue, text));
                    break;
                default:
                    Assert.Fail($"line {i + 1} of the conversation begins with none of > < =: {lines[i]}");
                    break;
            }
        }

        Assert.Empty(ours);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_held_on_the_address_where_candles_are_sent(string name) =>
        Assert.EndsWith(" " + VenueUnderTest.Of(name).Exchange.StreamUri, Conversation.Of(name).Lines[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("bybit-linear", 21_000)]
    [InlineData("okx-swap", 64 * 1024)]
    public void A_full_socket_of_the_longest_names_stays_within_the_exchanges_limit(string name, int limit)
    {
        var exchange = VenueUnderTest.Of(name).Exchange;
        string[] longest = [.. Enumerable.Range(0, exchange.InstrumentsPerSocket).Select(i => i.ToString("D64", CultureInfo.InvariantCulture))];
        Assert.InRange(exchange.SubscribeFrames(longest).Sum(frame => frame.Length), 1, limit);
    }

    [Fact]
    public void One_wrong_topic_costs_few_others_on_bybit()
    {
        string[] symbols = [.. Enumerable.Range(0, 25).Select(i => $"S{i}")];
        var frames = VenueUnderTest.Of("bybit-linear").Exchange.SubscribeFrames(symbols).ToList();
        Assert.All(frames, frame => Assert.InRange(symbols.Count(s => frame.Contains($"kline.1.{s}\"", StringComparison.Ordinal)), 1, 10));
        Assert.All(symbols, s => Assert.Single(frames, frame => frame.Contains($"kline.1.{s}\"", StringComparison.Ordinal)));
    }

    private static string Understood(VenueUnderTest venue, string frame)
    {
        var kind = venue.Parse(Encoding.UTF8.GetBytes(frame), out var kline);
        if (kind != FrameKind.Kline) return kind.ToString();
        var c = kline.Candle;
        var taker = c.Trades < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {c.Trades} {c.TakerBuyVolume} {c.TakerBuyQuoteVolume}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kline.Instrument.Id.Symbol} {(kline.IsClosed ? "closed" : "forming")} {c.OpenTime} {c.Open} {c.High} {c.Low} {c.Close} {c.Volume} {c.QuoteVolume} at {kline.EventTime}{taker}");
    }
}
