using System.Globalization;
using Xunit.Abstractions;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>
/// Workers, servers, links, exchange, receiver and client are killed, stopped, frozen, cut off, slowed and told nonsense, several at once. Afterwards
/// candles are the truth, every close has its alert once, every alert was delivered under one id and told to the client once and in order.
/// <c>make chaos SEEDS=10 FIRST=1 FAULTS=40</c> tries more than the few that always run.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Instruments = 8;

    [Fact]
    public async Task Whatever_goes_wrong_nothing_is_lost_and_nothing_is_doubled()
    {
        var (first, count) = (Number("CHAOS_FIRST", 1), Number("CHAOS_SEEDS", 1));
        var tally = new ChaosTally();
        var failures = new List<string>();
        for (var seed = first; seed < first + count;) seed = await PassAsync(seed, first + count, tally, failures);
        Assert.Equal("", string.Join(Environment.NewLine, failures));
    }

    /// <summary>One seed after the other on one screener until one breaks it: what is lost stays lost, so the next seed gets a fresh one.</summary>
    /// <returns>The seed that is next.</returns>
    private async Task<int> PassAsync(int seed, int end, ChaosTally tally, List<string> failures)
    {
        try
        {
            await using var run = await ChaosRun.StartAsync(Instruments, tally, output);
            for (; seed < end; seed++)
            {
                output.WriteLine($"seed {seed}");
                await run.PassAsync(seed, Number("CHAOS_FAULTS", 8));
            }
        }
        catch (Exception e)
        {
            tally.Failed++;
            failures.Add($"seed {seed} (make chaos FIRST={seed}): {e}");
            output.WriteLine(failures[^1]);
            seed++;
        }

        tally.Keep();
        return seed;
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
