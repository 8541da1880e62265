using System.Globalization;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>Comparisons one after the other, unattended: what fails is said at the end and stops nothing else.</summary>
internal sealed class BenchPlan(IReadOnlyList<(string Verb, string[] Arguments)> steps, IReadOnlyDictionary<string, Func<string[], Task>> verbs)
{
    /// <param name="length">What has not begun by then is left out.</param>
    /// <returns>Whether everything was measured and nothing is below its floor.</returns>
    internal async Task<bool> RunAsync(TimeSpan? length = null)
    {
        var failed = new List<string>();
        var table = "";
        for (var i = 0; i < steps.Count; i++)
        {
            var (verb, arguments) = steps[i];
            if (BenchRun.Elapsed > length)
            {
                Say($"{verb}: left out, the time is over");
                continue;
            }

            Say($"[{i + 1}/{steps.Count}] {string.Join(' ', [verb, .. arguments])}   {BenchRun.Elapsed:h\\:mm\\:ss} so far, load {BenchRun.Load}");
            try
            {
                await verbs[verb](arguments);
            }
            catch (Exception broken)
            {
                failed.Add($"{verb}: {broken.Message}");
                Console.WriteLine(broken);
            }

            table = NumbersTable.Write(BenchRun.Folder, BenchRun.Id, failed); // each time: an hour that is broken off has its figures too
        }

        Console.WriteLine(Environment.NewLine + table);
        Say($"{BenchRun.Elapsed:h\\:mm\\:ss}; all figures are in {BenchRun.Folder}, the table in numbers.md");
        foreach (var worse in BenchRun.Failed) Console.WriteLine(worse);
        return failed.Count == 0 && BenchRun.Failed.Count == 0;
    }

    private static void Say(string what) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}── {what}"));
}
