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
        await using var run = await ChaosRun.StartAsync(Instruments, output);
        var first = Number("CHAOS_FIRST", 1);
        try
        {
            for (var seed = first; seed < first + Number("CHAOS_SEEDS", 1); seed++)
            {
                output.WriteLine($"seed {seed}");
                await PassAsync(run, seed);
            }
        }
        finally
        {
            run.Tally.Keep();
        }
    }

    private static async Task PassAsync(ChaosRun run, int seed)
    {
        try
        {
            await run.PassAsync(seed, Number("CHAOS_FAULTS", 8));
        }
        catch (Exception e)
        {
            run.Tally.Broken++;
            throw new InvalidOperationException($"seed {seed} (make chaos FIRST={seed}): {e.Message}", e);
        }
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
