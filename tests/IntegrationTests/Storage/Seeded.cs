using System.Globalization;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Storage;

/// <summary>Randomness that a failed run can be repeated with: the seed is printed, and TEST_SEED sets it.</summary>
internal static class Seeded
{
    internal static Random Random(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : System.Random.Shared.Next();
        output.WriteLine($"TEST_SEED={seed}");
        return new Random(seed);
    }
}
