using System.Globalization;
using System.Text;
using NATS.Client.Core.Internal;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class SubjectCacheTests
{
    [Fact]
    public void The_same_bytes_give_the_same_string()
    {
        var cache = new SubjectCache();
        var first = cache.Get("candles.live.3.binance-futures.BTCUSDT.1m"u8);

        _ = cache.Get("another"u8);

        Assert.Equal("candles.live.3.binance-futures.BTCUSDT.1m", first);
        Assert.Same(first, cache.Get("candles.live.3.binance-futures.BTCUSDT.1m"u8));
    }

    [Fact]
    public void A_million_subjects_are_all_told_apart_and_the_cache_begins_anew_in_between()
    {
        var cache = new SubjectCache();
        for (var i = 0; i < 1_000_000; i++)
        {
            var subject = i.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(subject, cache.Get(Encoding.ASCII.GetBytes(subject)));
            Assert.InRange(cache.Count, 0, 16 * 1024);
        }
    }

    [Fact]
    public void Ten_thousand_subjects_that_take_turns_are_all_kept()
    {
        var cache = new SubjectCache();
        var subjects = Enumerable.Range(0, 10_000).Select(i => Encoding.ASCII.GetBytes($"candles.live.{i % 16}.binance-futures.S{i}USDT.1m")).ToList();
        var first = subjects.ConvertAll(subject => cache.Get(subject));

        Assert.All(subjects.Zip(first), pair => Assert.Same(pair.Second, cache.Get(pair.First)));
    }

    [Fact]
    public void Subjects_beyond_ascii_and_very_long_ones_are_right_too()
    {
        var cache = new SubjectCache();
        string[] subjects = ["prix.€", "цена", new string('x', 3000), new string('x', 3001)];

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 40; i++)
                _ = cache.Get(Encoding.ASCII.GetBytes($"filler.{round}.{i}"));
            Assert.All(subjects, subject => Assert.Equal(subject, cache.Get(Encoding.UTF8.GetBytes(subject))));
        }
    }
}
