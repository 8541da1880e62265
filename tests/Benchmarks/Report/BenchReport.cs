using System.Globalization;
using System.Text;
using System.Text.Json;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>Prints each figure as it comes and keeps all of a run under <c>artifacts/bench</c>, for people and for programs.</summary>
internal sealed class BenchReport(string name)
{
    private readonly List<Measured> _all = [];

    public void Add(Measured measured)
    {
        _all.Add(measured);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.What,-52} {measured.Of,-18} {Number(measured.Value),10} {measured.Unit,-4} {Limits(measured),-34} {measured.Verdict}"));
    }

    public void Save()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", "bench")).FullName;
        var machine = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, .NET {Environment.Version}");
        File.WriteAllText(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(new { machine, commit = Commit(), figures = _all }, JsonSerializerOptions.Web));
        File.WriteAllText(Path.Combine(folder, $"{name}.md"), Markdown(machine));
    }

    private string Markdown(string machine)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {name}").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{machine}, commit {Commit()}").AppendLine();
        text.AppendLine("| what | of | measured | floor | goal | reached |").AppendLine("|---|---|---|---|---|---|");
        foreach (var m in _all)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {m.What} | {m.Of} | {Number(m.Value)} {m.Unit} | {Number(m.Floor)} | {Number(m.Goal)} | {m.Verdict} |");
        return text.ToString();
    }

    private static string Limits(Measured m) => m switch
    {
        { Floor: null, Goal: null } => "",
        { Floor: null } => $"goal {Number(m.Goal)} {m.Unit}",
        { Goal: null } => $"floor {Number(m.Floor)} {m.Unit}",
        _ => $"floor {Number(m.Floor)}, goal {Number(m.Goal)} {m.Unit}",
    };

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 1_000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    // Without git, as in an unpacked archive, a figure still counts; it only does not say of what.
    private static string Commit()
    {
        var head = Repository.PathOf(".git", "HEAD");
        if (!File.Exists(head)) return "unknown";
        var text = File.ReadAllText(head).Trim();
        if (!text.StartsWith("ref: ", StringComparison.Ordinal)) return text;
        var reference = Repository.PathOf([".git", .. text[5..].Split('/')]);
        return File.Exists(reference) ? File.ReadAllText(reference).Trim() : text[5..];
    }
}
