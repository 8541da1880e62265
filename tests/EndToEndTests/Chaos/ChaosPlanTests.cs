namespace CryptoScreener.EndToEndTests.Chaos;

public sealed class ChaosPlanTests
{
    private static readonly IReadOnlyList<ChaosFault> Kinds =
        [.. new[] { "nats", "engine", "gateway" }.SelectMany(target => new[] { "killed", "frozen" }.Select(name => new ChaosFault(target, name, _ => Task.CompletedTask)))];

    [Fact]
    public void The_same_seed_gives_the_same_schedule_and_another_seed_another()
    {
        Assert.Equal(ChaosPlan.Of(7, 30, Kinds), ChaosPlan.Of(7, 30, Kinds));
        Assert.NotEqual(ChaosPlan.Of(7, 30, Kinds), ChaosPlan.Of(8, 30, Kinds));
    }

    [Fact]
    public void Faults_overlap_but_never_on_the_same_target_and_every_kind_comes_before_any_comes_again()
    {
        var plan = ChaosPlan.Of(1, 3 * Kinds.Count, Kinds);
        Assert.All(Kinds, kind => Assert.Equal(3, plan.Count(planned => planned.Fault == kind)));
        Assert.Equal(Kinds.Count, plan.Take(Kinds.Count).Select(planned => planned.Fault).Distinct().Count());
        foreach (var target in plan.GroupBy(planned => planned.Fault.Target))
            Assert.All(target.Zip(target.Skip(1)), pair => Assert.True(pair.Second.After >= pair.First.After + pair.First.Lasts));
        Assert.Contains(plan.Zip(plan.Skip(1)), pair => pair.Second.After < pair.First.After + pair.First.Lasts);
    }
}
