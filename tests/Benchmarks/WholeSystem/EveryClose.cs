using CryptoScreener.Benchmarks.Storage;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>A rule that fires at every close of every instrument: its alerts say how long each close took.</summary>
internal static class EveryClose
{
    internal const string Rule = "bench-every-close";

    internal static async Task AddAsync(LocalScreener stack)
    {
        await using var services = BenchStorage.On(stack.DatabaseConnection);
        await services.GetRequiredService<RuleStore>().AddAsync(
            new RuleDefinition
            {
                Id = Rule,
                Version = 1,
                Name = Rule,
                RuleType = "custom",
                Expression = "price > 0",
                Trigger = new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" },
            },
            null);
    }
}
