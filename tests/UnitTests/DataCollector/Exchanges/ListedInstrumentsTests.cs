using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

public sealed class ListedInstrumentsTests
{
    private static readonly ListedInstruments None = new([], []);
    private static readonly CollectorOptions TopFour = new() { TopByVolume = 4 };

    [Fact]
    public void What_is_followed_stays_until_it_has_fallen_well_behind_the_last_place()
    {
        var first = ListedInstruments.Of(Ranked("A", "B", "C", "D", "E", "F"), TopFour, None);
        Assert.Equal(["A", "B", "C", "D"], Selected(first));
        var slightly = ListedInstruments.Of(Ranked("A", "B", "C", "E", "D", "F"), TopFour, first);
        Assert.Equal(["A", "B", "C", "E", "D"], Selected(slightly));
        Assert.Equal(["A", "B", "C", "E"], Selected(ListedInstruments.Of(Ranked("A", "B", "C", "E", "F", "D"), TopFour, slightly)));
    }

    [Fact]
    public void A_list_selects_as_another_when_only_ranks_have_changed()
    {
        var first = ListedInstruments.Of(Ranked("A", "B"), TopFour, None);
        Assert.True(first.SelectsAs(ListedInstruments.Of(Ranked("B", "A"), TopFour, first)));
        Assert.False(first.SelectsAs(ListedInstruments.Of(Ranked("B", "A", "C"), TopFour, first)));
    }

    [Fact]
    public void Gone_is_what_another_list_lacks_and_not_what_it_ranks_too_low()
    {
        var first = ListedInstruments.Of(Ranked("A", "B", "C", "D"), TopFour, None);
        var later = ListedInstruments.Of(Ranked("E", "F", "G", "H", "I", "J", "A", "B"), TopFour, first);
        Assert.Equal(2, first.GoneFrom(later));
        Assert.True(later.IsTraded("A"));
        Assert.DoesNotContain("A", Selected(later));
    }

    [Fact]
    public void Two_readings_together_have_what_either_has()
    {
        var first = ListedInstruments.Of(Ranked("A", "B", "C"), TopFour, None);
        var partial = ListedInstruments.Of(Ranked("A"), TopFour, first);
        Assert.Equal(0, first.GoneFrom(partial.With(first, TopFour)));
    }

    private static IEnumerable<string> Selected(ListedInstruments listed) => listed.Selected.Select(i => i.Symbol);

    private static ListedInstrument[] Ranked(params string[] symbols) =>
        [.. symbols.Select((symbol, rank) => new ListedInstrument(symbol, "", "USDT", 1_000 - rank, 0.1))];
}
