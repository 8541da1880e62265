using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>Prints each figure as it comes and keeps it at once under <c>artifacts/bench</c>, for people and for programs: what fails later takes none away.</summary>
internal sealed class BenchReport(string name)
{
    private readonly List<Measured> _all = [];

    public void Add(Measured measured)
    {
        _all.Add(measured with { Load = BenchRun.Load });
        if (measured.IsFailed) BenchRun.Fail($"{name}: {measured.What}, {measured.Of}: {Figure.Of(measured.Value)} {measured.Unit} is {measured.Verdict}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.What,-52} {measured.Of,-18} {Figure.Of(measured.Value),10} {measured.Unit,-4} {Limits(measured),-34} {measured.Verdict}"));
        Save();
    }

    private void Save()
    {
        var document = new BenchDocument(BenchRun.Id, BenchRun.Machine, BenchRun.Commit, _all);
        File.WriteAllText(Path.Combine(BenchRun.Folder, $"{name}.json"), JsonSerializer.Serialize(document, BenchDocument.Format));
        File.WriteAllText(Path.Combine(BenchRun.Folder, $"{name}.md"), Markdown());
    }

    private string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {name}").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{BenchRun.Machine}, commit {BenchRun.Commit}, run {BenchRun.Id}").AppendLine();
        text.AppendLine("| what | of | measured | floor | goal | reached | ratio | load |").AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var m in _all)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {m.What} | {m.Of} | {Figure.Of(m.Value)} {m.Unit} | {Figure.Of(m.Floor)} | {Figure.Of(m.Goal)} | {m.Verdict} | {Figure.OfRatio(m)} | {m.Load} |");
        }

        return text.ToString();
    }

    private static string Limits(Measured m) => m switch
    {
        { MaxRatio: { } most } => $"{Figure.OfRatio(m)}, at most {Figure.Of(most)}",
        { Baseline: not null } => Figure.OfRatio(m),
        { Floor: null, Goal: null } => "",
        { Floor: null } => $"goal {Figure.Of(m.Goal)} {m.Unit}",
        { Goal: null } => $"floor {Figure.Of(m.Floor)} {m.Unit}",
        _ => $"floor {Figure.Of(m.Floor)}, goal {Figure.Of(m.Goal)} {m.Unit}",
    };
}
