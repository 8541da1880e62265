namespace CryptoScreener.EndToEndTests.Chaos;

public sealed class ChaosPlanTests
{
    private static readonly IReadOnlyList<ChaosFault> Kinds =
    [
        .. new[] { "nats", "engine", "gateway" }.SelectMany(target => new[] { "killed", "frozen" }.Select(name => Fault("processes", target, name))),
        .. Enumerable.Range(0, 30).Select(link => Fault("links", $"link {link}", "cut")),
    ];

    [Fact]
    public void The_same_seed_gives_the_same_schedule_and_another_seed_another()
    {
        Assert.Equal(ChaosPlan.Of(7, 30, Kinds), ChaosPlan.Of(7, 30, Kinds));
        Assert.NotEqual(ChaosPlan.Of(7, 30, Kinds), ChaosPlan.Of(8, 30, Kinds));
    }

    [Fact]
    public void Faults_overlap_but_never_on_the_same_target()
    {
        var plan = ChaosPlan.Of(1, 3 * Kinds.Count, Kinds);
        foreach (var target in plan.GroupBy(planned => planned.Fault.Target))
            Assert.All(target.Zip(target.Skip(1)), pair => Assert.True(pair.Second.After >= pair.First.After + pair.First.Lasts));
        Assert.Contains(plan.Zip(plan.Skip(1)), pair => pair.Second.After < pair.First.After + pair.First.Lasts);
    }

    [Fact]
    public void The_classes_take_turns_however_many_kinds_one_has_and_in_each_every_kind_comes_before_any_comes_again()
    {
        var plan = ChaosPlan.Of(1, 60, Kinds).Select(planned => planned.Fault).ToList();
        var (processes, links) = (plan.Where(fault => fault.Class == "processes").ToList(), plan.Where(fault => fault.Class == "links").ToList());
        Assert.Equal((30, 30), (processes.Count, links.Count));
        Assert.Equal(30, links.Distinct().Count());
        Assert.All(processes.Chunk(6), round => Assert.Equal(6, round.Distinct().Count()));
    }

    private static ChaosFault Fault(string kind, string target, string name) => new(kind, target, name, _ => Task.CompletedTask);
}
