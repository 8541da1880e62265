using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>Every row of "Numbers" with what this run measured of it: <c>artifacts/bench/numbers.md</c> and <c>numbers.json</c>.</summary>
internal static class NumbersTable
{
    /// <summary>Of the files in the folder only those count that this run wrote.</summary>
    internal static string Write(string folder, string run, IReadOnlyCollection<string> failed)
    {
        var figures = Directory.EnumerateFiles(folder, "*.json")
            .Where(file => Path.GetFileName(file) != "numbers.json")
            .Select(Read)
            .Where(document => document?.Run == run)
            .SelectMany(document => document!.Figures)
            .Where(figure => figure.Row is not null)
            .ToLookup(figure => figure.Row!, StringComparer.Ordinal);
        var text = Markdown(figures, run, failed);
        File.WriteAllText(Path.Combine(folder, "numbers.md"), text);
        var document = new BenchDocument(run, BenchRun.Machine, BenchRun.Commit, [.. Numbers.All.SelectMany(row => figures[row.What])]);
        File.WriteAllText(Path.Combine(folder, "numbers.json"), JsonSerializer.Serialize(document, BenchDocument.Format));
        return text;
    }

    private static string Markdown(ILookup<string, Measured> figures, string run, IReadOnlyCollection<string> failed)
    {
        var text = new StringBuilder();
        text.AppendLine("# Numbers").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{BenchRun.Machine}, commit {BenchRun.Commit}, run {run}").AppendLine();
        text.AppendLine("| what | of | floor | goal | measured | reached | ratio in the same run | load |").AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var row in Numbers.All)
        {
            var limits = string.Create(CultureInfo.InvariantCulture, $"{Figure.Of(row.Floor)} | {Figure.Of(row.Goal)}");
            if (!figures.Contains(row.What)) text.AppendLine(CultureInfo.InvariantCulture, $"| {row.What} | | {limits} | not measured in this run: `make bench only={row.Verb}` | | | |");
            foreach (var m in figures[row.What])
                text.AppendLine(CultureInfo.InvariantCulture, $"| {row.What} | {m.Of} | {limits} | {Figure.Of(m.Value)} {m.Unit} | {m.Verdict} | {Figure.OfRatio(m)} | {m.Load} |");
        }

        if (failed.Count > 0) text.AppendLine().AppendLine("Failed in this run, see its output:").AppendLine().AppendLine(string.Join(Environment.NewLine, failed.Select(what => $"- {what}")));
        return text.ToString();
    }

    private static BenchDocument? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchDocument>(File.ReadAllText(file), BenchDocument.Format);
        }
        catch (JsonException)
        {
            return null; // what an earlier version left
        }
    }
}
