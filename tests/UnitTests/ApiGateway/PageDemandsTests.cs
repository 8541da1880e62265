using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Demands;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class PageDemandsTests
{
    private static readonly Account Ann = new("ann", "Ann", Role.Reader, []);
    private static readonly Account Bob = new("bob", "Bob", Role.Reader, []);
    private readonly ManualTime _time = new();
    private readonly PageDemands _demands;

    public PageDemandsTests() => _demands = new PageDemands(new DemandAllowance(_time), new FirstLooks(_time), _time);

    [Fact]
    public void What_nobody_calculates_is_asked_for_once_a_minute_however_often_a_page_looks()
    {
        Assert.Equal([new DemandedMetric("rsi(7,1h)", DemandState.Adding, null)], _demands.Use(Ann, [Missing(7), new RuleMetric("price", 0), Missing(7)]));
        Assert.Equal([new DemandNote("price", false, false)], _demands.TakeAll());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(DemandState.Adding, StateFor(Ann, 7));
        Assert.Equal([new DemandNote("rsi(7,1h)", true, false)], _demands.TakeAll());

        Assert.Equal(DemandState.Adding, StateFor(Bob, 7));
        Assert.Empty(_demands.TakeAll());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DemandState.Adding, StateFor(Bob, 7));
        Assert.Equal([new DemandNote("rsi(7,1h)", true, false)], _demands.TakeAll());
    }

    [Fact]
    public void What_is_looked_at_for_a_moment_is_not_asked_for_and_counts_against_nobody()
    {
        Assert.All(Enumerable.Range(1, 20), number => Assert.Equal(DemandState.Adding, StateFor(Ann, number))); // a filter is being edited
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(DemandState.Adding, StateFor(Ann, 20));
        Assert.Empty(_demands.TakeAll());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DemandState.Adding, StateFor(Ann, 20));
        Assert.Equal([new DemandNote("rsi(20,1h)", true, false)], _demands.TakeAll());

        _time.Advance(TimeSpan.FromHours(2)); // another day's edit passes the same one
        Assert.Equal(DemandState.Adding, StateFor(Ann, 19));
        Assert.Empty(_demands.TakeAll());
    }

    [Fact]
    public void What_there_is_no_room_for_is_told_and_asked_for_again()
    {
        Assert.All(AskFor(Ann, 7), state => Assert.Equal(DemandState.Adding, state));
        _demands.TakeAll();
        _demands.Answer(["rsi(7,1h)"], [new Refusal("rsi(7,1h)")]);
        Assert.Equal(DemandState.NoRoom, StateFor(Ann, 7));
        Assert.Empty(_demands.TakeAll());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DemandState.NoRoom, StateFor(Ann, 7));
        Assert.Single(_demands.TakeAll());
        _demands.Answer(["rsi(7,1h)"], []);
        Assert.Equal(DemandState.Adding, StateFor(Ann, 7));
    }

    [Fact]
    public void What_guests_have_no_room_for_is_asked_for_at_once_by_who_has_more()
    {
        AskFor(Account.Anonymous, 7);
        Assert.Equal([new DemandNote("rsi(7,1h)", true, true)], _demands.TakeAll());
        _demands.Answer(["rsi(7,1h)"], [new Refusal("rsi(7,1h)")]);
        Assert.Equal(DemandState.NoRoom, StateFor(Account.Anonymous, 7));
        Assert.Empty(_demands.TakeAll());

        StateFor(Ann, 7);
        StateFor(Ann, 7);
        Assert.Equal([new DemandNote("rsi(7,1h)", true, false)], _demands.TakeAll());
    }

    [Fact]
    public void What_calculators_object_to_says_why_and_who_has_more_room_need_not_ask_at_once()
    {
        AskFor(Account.Anonymous, 7);
        _demands.TakeAll();
        _demands.Answer(["rsi(7,1h)"], [new Refusal("rsi(7,1h)", "no bars")]);
        foreach (var account in new[] { Account.Anonymous, Ann })
            Assert.Equal([new DemandedMetric("rsi(7,1h)", DemandState.Refused, "no bars")], _demands.Use(account, [Missing(7)]));
        Assert.Empty(_demands.TakeAll());
    }

    [Fact]
    public void What_had_to_make_way_is_asked_for_again_at_once_and_counts_against_nobody()
    {
        AskFor(Ann, [.. Enumerable.Range(100, DemandAllowance.PerHour)]);
        _demands.Renew("rsi(7,1h)");
        _demands.TakeAll();

        Assert.Equal(DemandState.Adding, StateFor(Ann, 7));
        Assert.Equal([new DemandNote("rsi(7,1h)", true, false)], _demands.TakeAll());
    }

    [Fact]
    public void What_could_not_be_written_waits_for_the_next_time()
    {
        AskFor(Ann, 7);
        _demands.Renew("price");
        var notes = _demands.TakeAll();
        _demands.PutBack(notes);
        Assert.Equal(notes.ToHashSet(), _demands.TakeAll().ToHashSet());
        Assert.Equal(2, notes.Count);
    }

    [Fact]
    public void An_account_asks_for_a_few_in_an_hour_and_all_who_are_not_signed_in_for_as_many_together()
    {
        foreach (var account in new[] { Account.Anonymous, Ann })
        {
            var first = account.IsAnonymous ? 100 : 200;
            Assert.All(AskFor(account, [.. Enumerable.Range(first, DemandAllowance.PerHour)]), state => Assert.Equal(DemandState.Adding, state));
            Assert.Equal([DemandState.NoRoom], AskFor(account, first + 50));
        }

        Assert.Equal(DemandState.Adding, StateFor(Bob, 100)); // of others, and costs nothing
        Assert.All(AskFor(Bob, [.. Enumerable.Range(300, DemandAllowance.PerHour)]), state => Assert.Equal(DemandState.Adding, state));
        Assert.Equal(3 * DemandAllowance.PerHour, _demands.TakeAll().Count);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(DemandState.Adding, StateFor(Ann, 250));
        Assert.Single(_demands.TakeAll());
    }

    [Fact]
    public void What_is_in_use_is_said_again_before_its_hour_is_over()
    {
        _demands.Use(Ann, [new RuleMetric("rsi(7,1h)", 9)]);
        Assert.Single(_demands.TakeAll());
        _time.Advance(TimeSpan.FromMinutes(19));
        _demands.Renew("rsi(7,1h)");
        Assert.Empty(_demands.TakeAll());
        _time.Advance(TimeSpan.FromMinutes(1));
        _demands.Renew("rsi(7,1h)");
        Assert.Equal([new DemandNote("rsi(7,1h)", false, false)], _demands.TakeAll());
    }

    [Fact]
    public void What_waits_to_be_written_is_bounded()
    {
        _demands.Use(Ann, Enumerable.Range(0, 10_000).Select(i => new RuleMetric($"sma({i},1h)", i)));
        Assert.Equal([DemandState.NoRoom], AskFor(Ann, 7));
        Assert.Equal(256, _demands.TakeAll().Count);
        Assert.Equal(DemandState.Adding, StateFor(Bob, 7));
        Assert.Single(_demands.TakeAll());
    }

    /// <summary>As a page that stays: it looks again after ten seconds.</summary>
    private List<DemandState> AskFor(Account account, params int[] numbers)
    {
        foreach (var number in numbers) StateFor(account, number);
        _time.Advance(TimeSpan.FromSeconds(10));
        return [.. numbers.Select(number => StateFor(account, number))];
    }

    private DemandState StateFor(Account account, int number) => Assert.Single(_demands.Use(account, [Missing(number)])).State;

    private static RuleMetric Missing(int number) => new($"rsi({number},1h)", -1);
}
