using System.Text.Json;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>What all seeds saw, for the table of <c>make bench</c>.</summary>
internal sealed class ChaosTally
{
    public long Seeds { get; set; }

    public long Faults { get; set; }

    public long Closes { get; set; }

    public long Alerts { get; set; }

    public long Requests { get; set; }

    public long Reconnects { get; set; }

    public long SlowestRecoverySeconds { get; set; }

    /// <summary>How much was lost, doubled, wrong or renamed.</summary>
    public long Broken { get; set; }

    /// <summary>Seeds that did not pass, whatever the reason.</summary>
    public long Failed { get; set; }

    public void Keep()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", "chaos")).FullName;
        File.WriteAllText(Path.Combine(folder, "tally.json"), JsonSerializer.Serialize(this, JsonSerializerOptions.Web));
    }
}
