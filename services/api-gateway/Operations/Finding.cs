using System.Globalization;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>Something an operator should know.</summary>
/// <param name="Severity">warning or critical.</param>
internal sealed record Finding(string Severity, string What, string Message);

/// <summary>What is not as it should be, by the thresholds of the product, and the score that follows. Pure.</summary>
internal static class Health
{
    public static IReadOnlyList<Finding> FindingsOf(PerformanceSample sample, IEnumerable<WorkerLoad> workers, IEnumerable<Objective> objectives)
    {
        var findings = new List<Finding>();
        Judge("response_time", sample.MeanMs, 50, 100, Text($"the API answers in {sample.MeanMs:0.#} ms on average"));
        Judge("errors", sample.ErrorRate * 100, 1, 2, Text($"{sample.ErrorRate * 100:0.##} % of the API's answers are errors"));
        foreach (var worker in workers)
        {
            Judge("cpu", worker.CpuPercent, 75, 90, Text($"{worker.Service} {worker.Instance} takes {worker.CpuPercent:0} % of its processors"));
            Judge("memory", worker.MemoryPercent, 80, 90, Text($"{worker.Service} {worker.Instance} takes {worker.MemoryPercent:0} % of its memory"));
        }

        findings.AddRange(objectives.Where(objective => objective is { Met: false, Judged: true }).Select(objective => new Finding(
            "warning", objective.Name, Text($"objective missed: {objective.Promise}, {objective.Measured * 100:0.##} % instead of {objective.Target * 100:0.##} %"))));
        return findings;

        void Judge(string what, double? value, double warning, double critical, string message)
        {
            if (value > critical) findings.Add(new Finding("critical", what, message));
            else if (value > warning) findings.Add(new Finding("warning", what, message));
        }
    }

    public static int ScoreOf(IReadOnlyCollection<Finding> findings) =>
        Math.Max(0, 100 - (20 * findings.Count(finding => finding.Severity == "critical")) - (5 * findings.Count(finding => finding.Severity == "warning")));

    public static string StatusOf(int score) => score switch { >= 95 => "excellent", >= 80 => "good", >= 60 => "degraded", _ => "critical" };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
