using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Demands;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class PageDemandsTests
{
    private static readonly Account Ann = new("ann", "Ann", Role.Reader, []);
    private static readonly Account Bob = new("bob", "Bob", Role.Reader, []);
    private readonly ManualTime _time = new();
    private readonly PageDemands _demands;

    public PageDemandsTests() => _demands = new PageDemands(new DemandAllowance(_time), _time);

    [Fact]
    public void What_nobody_calculates_is_asked_for_once_a_minute_however_often_a_page_looks()
    {
        Assert.Equal([new DemandedMetric("rsi(7,1h)", DemandState.Adding)], _demands.Use(Ann, [Missing(7), new RuleMetric("price", 0), Missing(7)]));
        Assert.Equal([new DemandNote("price", false, false), new DemandNote("rsi(7,1h)", true, false)], _demands.TakeAll().OrderBy(note => note.Name, StringComparer.Ordinal));

        Assert.Equal(DemandState.Adding, StateFor(Bob, 7));
        Assert.Empty(_demands.TakeAll());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DemandState.Adding, StateFor(Bob, 7));
        Assert.Equal([new DemandNote("rsi(7,1h)", true, false)], _demands.TakeAll());
    }

    [Fact]
    public void What_there_is_no_room_for_is_told_and_asked_for_again()
    {
        Assert.Equal(DemandState.Adding, StateFor(Ann, 7));
        _demands.TakeAll();
        _demands.Answer(["rsi(7,1h)"], ["rsi(7,1h)"]);
        Assert.Equal(DemandState.NoRoom, StateFor(Ann, 7));
        Assert.Empty(_demands.TakeAll());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DemandState.NoRoom, StateFor(Ann, 7));
        Assert.Single(_demands.TakeAll());
        _demands.Answer(["rsi(7,1h)"], []);
        Assert.Equal(DemandState.Adding, StateFor(Ann, 7));
    }

    [Fact]
    public void An_account_asks_for_a_few_in_an_hour_and_all_who_are_not_signed_in_for_as_many_together()
    {
        foreach (var account in new[] { Account.Anonymous, Ann })
        {
            var first = account.IsAnonymous ? 100 : 200;
            Assert.All(Enumerable.Range(first, DemandAllowance.PerHour), number => Assert.Equal(DemandState.Adding, StateFor(account, number)));
            Assert.Equal(DemandState.NoRoom, StateFor(account, first + 50));
        }

        Assert.Equal(DemandState.Adding, StateFor(Bob, 100)); // of others, and costs nothing
        Assert.All(Enumerable.Range(300, DemandAllowance.PerHour), number => Assert.Equal(DemandState.Adding, StateFor(Bob, number)));
        Assert.Equal(3 * DemandAllowance.PerHour, _demands.TakeAll().Count);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(DemandState.Adding, StateFor(Ann, 250));
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
        Assert.Equal(DemandState.NoRoom, StateFor(Ann, 7));
        Assert.Equal(256, _demands.TakeAll().Count);
        Assert.Equal(DemandState.Adding, StateFor(Bob, 7));
    }

    private DemandState StateFor(Account account, int number) => Assert.Single(_demands.Use(account, [Missing(number)])).State;

    private static RuleMetric Missing(int number) => new($"rsi({number},1h)", -1);
}
