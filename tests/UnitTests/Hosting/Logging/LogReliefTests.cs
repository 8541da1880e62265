using CryptoScreener.Hosting.Logging;
using FsCheck;
using FsCheck.Fluent;
using Serilog.Events;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class LogReliefTests
{
    private const int Capacity = 1000;

    private static readonly LogEventLevel[] Reachable = [LogEventLevel.Verbose, LogEventLevel.Warning, LogEventLevel.Error];

    [Theory]
    [InlineData(LogEventLevel.Verbose, 800, LogEventLevel.Verbose)]
    [InlineData(LogEventLevel.Verbose, 801, LogEventLevel.Warning)]
    [InlineData(LogEventLevel.Verbose, 951, LogEventLevel.Error)]
    [InlineData(LogEventLevel.Warning, 951, LogEventLevel.Error)]
    [InlineData(LogEventLevel.Error, 810, LogEventLevel.Error)]
    [InlineData(LogEventLevel.Warning, 201, LogEventLevel.Warning)]
    [InlineData(LogEventLevel.Error, 200, LogEventLevel.Verbose)]
    public void The_level_rises_above_80_percent_and_falls_at_20(LogEventLevel now, int depth, LogEventLevel next) =>
        Assert.Equal(next, LogRelief.Next(now, depth, Capacity));

    [Fact]
    public void It_never_falls_before_the_queue_has() => Holds((now, depth) => depth <= 200 || LogRelief.Next(now, depth, Capacity) >= now);

    [Fact]
    public void It_never_rises_while_there_is_room() => Holds((now, depth) => depth > 800 || LogRelief.Next(now, depth, Capacity) <= now);

    [Fact]
    public void Asking_twice_changes_nothing_more() => Holds((now, depth) =>
        LogRelief.Next(LogRelief.Next(now, depth, Capacity), depth, Capacity) == LogRelief.Next(now, depth, Capacity));

    // FsCheck prints the counterexample and the seed that found it.
    private static void Holds(Func<LogEventLevel, int, bool> law) => Prop.ForAll(
        Gen.Elements(Reachable).SelectMany(now => Gen.Choose(0, Capacity).Select(depth => (now, depth))).ToArbitrary(),
        sample => law(sample.now, sample.depth)).QuickCheckThrowOnFailure();
}
