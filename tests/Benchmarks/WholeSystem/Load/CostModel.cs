using System.Globalization;
using System.Text;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>One size: how much was done, and what each process took for it.</summary>
internal sealed record MeasuredSize(int Instruments, double Updates, IReadOnlyList<double> Cores, IReadOnlyList<double> Megabytes);

/// <summary>The model of docs/CAPACITY.md, as the sizes that were measured give it.</summary>
internal static class CostModel
{
    private static readonly string[] Processes = ["data-collector", "metrics-calculator", "alert-engine", "api-gateway", "servers"];

    /// <summary>A table to put there; empty when one size says nothing about others.</summary>
    internal static string TableOf(IReadOnlyList<MeasuredSize> sizes)
    {
        if (sizes.Select(size => size.Instruments).Distinct().Count() < 2) return "";
        var table = new StringBuilder("| | processor, cores (U updates a second) | memory, MB (I instruments) |\n|---|---|---|\n");
        for (var i = 0; i < Processes.Length; i++)
        {
            var process = i;
            var cores = CostLine.Through([.. sizes.Select(size => (size.Updates, size.Cores[process]))]);
            var memory = CostLine.Through([.. sizes.Select(size => ((double)size.Instruments, size.Megabytes[process]))]);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {Processes[i]} | {cores.Fixed:0.00} + {cores.PerUnit * 1e6:0} µs × U | {memory.Fixed:0} + {memory.PerUnit:0.00} × I |");
        }

        return table.ToString();
    }
}
