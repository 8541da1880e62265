using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class WeightBudgetTests
{
    private static readonly CancellationToken NoStop = CancellationToken.None;
    private readonly ManualTime _time = new();
    private readonly WeightBudget _budget;

    public WeightBudgetTests() => _budget = new WeightBudget(perWindow: 100, _time);

    [Fact]
    public async Task What_fits_the_minute_passes_and_the_rest_waits_for_the_next_one()
    {
        await _budget.SpendAsync(60, NoStop);
        await _budget.SpendAsync(40, NoStop);
        var waiting = _budget.SpendAsync(1, NoStop);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(1));
        await waiting;
    }

    [Fact]
    public void A_sliding_limit_is_never_exceeded_in_any_span_of_its_length()
    {
        var budget = WeightBudget.Sliding(requests: 40, TimeSpan.FromSeconds(2), share: 1, _time);
        var passed = new List<DateTimeOffset>();
        for (var request = SpendAsync(); passed.Count < 200; _time.Advance(TimeSpan.FromMilliseconds(7)))
            while (request.IsCompleted && passed.Count < 200) request = SpendAsync();
        Assert.All(passed, at => Assert.InRange(passed.Count(p => p >= at && p < at + TimeSpan.FromSeconds(2)), 1, 40));

        async Task SpendAsync()
        {
            await budget.SpendAsync(1, NoStop);
            passed.Add(_time.GetUtcNow());
        }
    }

    [Fact]
    public async Task A_new_minute_has_the_whole_budget()
    {
        await _budget.SpendAsync(100, NoStop);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _budget.SpendAsync(100, NoStop);
        Assert.False(_budget.SpendAsync(1, NoStop).IsCompleted);
    }

    [Fact]
    public async Task Who_came_first_goes_first_also_when_the_second_asks_for_less()
    {
        await _budget.SpendAsync(90, NoStop);
        var first = _budget.SpendAsync(20, NoStop);
        var second = _budget.SpendAsync(1, NoStop);
        Assert.False(first.IsCompleted || second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(61));
        await first;
        await second;
    }

    [Fact]
    public async Task A_request_heavier_than_the_budget_passes_alone()
    {
        await _budget.SpendAsync(140, NoStop);
        Assert.False(_budget.SpendAsync(1, NoStop).IsCompleted);
    }

    [Fact]
    public async Task While_the_exchange_asks_for_a_pause_nobody_passes()
    {
        await _budget.PauseAsync(TimeSpan.FromMinutes(3));
        var waiting = _budget.SpendAsync(1, NoStop);
        _time.Advance(TimeSpan.FromSeconds(179));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    [Fact]
    public async Task A_short_pause_does_not_end_a_long_one()
    {
        await _budget.PauseAsync(TimeSpan.FromMinutes(3)); // a ban
        await _budget.PauseAsync(TimeSpan.FromSeconds(1)); // an answer that was on its way
        var waiting = _budget.SpendAsync(1, NoStop);
        _time.Advance(TimeSpan.FromSeconds(179));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    [Fact]
    public async Task Who_gives_up_waiting_spends_nothing_and_lets_the_next_pass()
    {
        await _budget.SpendAsync(100, NoStop);
        using var impatient = new CancellationTokenSource();
        var waiting = _budget.SpendAsync(100, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _budget.SpendAsync(100, NoStop);
    }

    [Fact]
    public async Task What_is_spare_leaves_half_of_the_budget_and_does_not_stand_in_the_way_of_what_is_urgent()
    {
        await _budget.SpendSpareAsync(50, NoStop);
        var spare = _budget.SpendSpareAsync(1, NoStop);
        Assert.False(spare.IsCompleted);
        await _budget.SpendAsync(50, NoStop);
        Assert.False(_budget.SpendAsync(1, NoStop).IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(60) + TimeSpan.FromMilliseconds(1));
        await spare;
    }

    [Fact]
    public async Task What_is_urgent_uses_up_what_would_be_spare()
    {
        await _budget.SpendAsync(60, NoStop);
        Assert.False(_budget.SpendSpareAsync(1, NoStop).IsCompleted);
    }
}
