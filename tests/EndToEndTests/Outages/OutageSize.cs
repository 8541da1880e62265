using System.Globalization;

namespace CryptoScreener.EndToEndTests.Outages;

/// <summary>How long what is away stays away, and how much goes on meanwhile: short in every run, as <c>make outages</c> says in a long one.</summary>
internal sealed record OutageSize(int Instruments, int Minutes, int Speed, TimeSpan Patience, double MegabytesOfGrowth)
{
    public static OutageSize OfEnvironment()
    {
        var instruments = Number("OUTAGE_INSTRUMENTS", 40);
        // What a bounded buffer of candles may hold, and what the runtime takes while it is busy.
        return new OutageSize(instruments, Number("OUTAGE_MINUTES", 3), Number("OUTAGE_SPEED", 30), TimeSpan.FromSeconds(60 + (instruments / 4)), MegabytesOfGrowth: 200);
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
