using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>What every process of a running screener has used so far, by name; the simulated exchange is no part of it but is there.</summary>
internal static class StackUse
{
    internal const string Simulator = "exchange-simulator";

    internal static Dictionary<string, ProcessUse> Of(LocalScreener stack) => stack.Workers.Append(stack.Simulator!)
        .Where(program => program.IsRunning)
        .Select(program => (program.Name, program.ProcessId))
        .Concat([("nats", stack.Nats.ProcessId), ("redis", stack.Redis.ProcessId), ("postgres", stack.Postgres.ProcessId)])
        .ToDictionary(process => process.Item1, process => ProcessUse.OfTree(process.Item2), StringComparer.Ordinal);
}
