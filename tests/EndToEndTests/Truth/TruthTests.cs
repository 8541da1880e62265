using System.Globalization;
using Xunit.Abstractions;

namespace CryptoScreener.EndToEndTests.Truth;

/// <summary>
/// Whatever an exchange does wrong, in the end its closed candles are stored and on the bus as they traded, each once, no
/// mark has lied, and what was missing for a while is in the ledger of gaps; also when a collector dies meanwhile, and of what is
/// listed or delisted on the way from its first minute to its last.
/// <c>make truth SEEDS=50 FIRST=100 EXCHANGE=okx-swap SECONDS=90</c> tries more and longer schedules (90 s are an hour of the exchange)
/// than the two that always run.
/// </summary>
public sealed class TruthTests(ITestOutputHelper output)
{
    private const int Instruments = 20;
    private static readonly string[] All = ["binance-futures", "binance-spot", "bybit-linear", "okx-swap"];

    [Fact]
    public async Task After_any_faults_the_candles_are_the_truth()
    {
        var exchanges = Environment.GetEnvironmentVariable("TRUTH_EXCHANGE") is { Length: > 0 } only ? [only] : All;
        var (first, seeds) = (Number("TRUTH_FIRST", 1), Number("TRUTH_SEEDS", 2));
        await using var run = await TruthRun.StartAsync(exchanges, Instruments, TimeSpan.FromSeconds(Number("TRUTH_SECONDS", 12)), seeds);
        for (var seed = first; seed < first + seeds; seed++)
        {
            output.WriteLine($"seed {seed}");
            try
            {
                await run.PassAsync(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
            }
        }
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
