using System.Text;
using System.Text.Json.Nodes;
using CryptoScreener.DataCollector.Exchanges;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

public sealed class ParserLawTests
{
    public static TheoryData<string> Names => [.. VenueUnderTest.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_truncation_is_refused_and_none_throws(string name)
    {
        var venue = VenueUnderTest.Of(name);
        var frame = venue.CandleFrame();
        for (var length = 0; length < frame.Length; length++)
            Assert.True(venue.Parse(frame.AsSpan(0, length), out _) == FrameKind.Malformed, $"the first {length} bytes");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_changed_bytes_make_it_throw(string name)
    {
        var venue = VenueUnderTest.Of(name);
        var frame = venue.CandleFrame();
        var changes = Gen.Choose(0, frame.Length - 1).Zip(Gen.Choose(0, 255)).ListOf().ToArbitrary();
        Prop.ForAll(changes, list =>
        {
            byte[] changed = [.. frame];
            foreach (var (place, value) in list) changed[place] = (byte)value;
            var kind = venue.Parse(changed, out var kline);
            return kind == FrameKind.Kline ? kline.Instrument is not null : kline == default;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_fields_and_fields_of_a_later_version_do_not_matter(string name)
    {
        var venue = VenueUnderTest.Of(name);
        Assert.Equal(FrameKind.Kline, venue.Parse(venue.CandleFrame(), out var expected));
        var turned = Turned(JsonNode.Parse(venue.CandleFrame())!);
        Assert.Equal(FrameKind.Kline, venue.Parse(Encoding.UTF8.GetBytes(turned.ToJsonString()), out var kline));
        Assert.Equal(expected, kline);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_absurd_number_reaches_the_gate_as_absurd_or_not_at_all(string name)
    {
        var venue = VenueUnderTest.Of(name);
        var text = Encoding.UTF8.GetString(venue.CandleFrame());
        foreach (var absurd in new[] { "1e999", "-1", "NaN", "Infinity", "1e-999", "", "1,5", new string('9', 400) })
        {
            var kind = venue.Parse(Encoding.UTF8.GetBytes(text.Replace("\"90990\"", $"\"{absurd}\"", StringComparison.Ordinal)), out var kline);
            Assert.True(kind == FrameKind.Malformed || kline.Candle.Absurdity() is not null, $"'{absurd}' passed as {kline}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reading_a_candle_allocates_nothing(string name)
    {
        var venue = VenueUnderTest.Of(name);
        var frame = venue.CandleFrame();
        for (var i = 0; i < 3; i++) Assert.Equal(FrameKind.Kline, venue.Parse(frame, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) venue.Parse(frame, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>The same with every object's fields from last to first and one more that nobody knows.</summary>
    private static JsonNode Turned(JsonNode node) => node switch
    {
        JsonObject fields => new JsonObject([.. fields.Reverse().Select(f => KeyValuePair.Create(f.Key, f.Value is null ? null : Turned(f.Value))), KeyValuePair.Create<string, JsonNode?>("later", new JsonArray(1, new JsonObject()))]),
        JsonArray items => new JsonArray([.. items.Select(i => i is null ? null : Turned(i))]),
        _ => node.DeepClone(),
    };
}
