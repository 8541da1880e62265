using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Lifecycle;

/// <summary>Failures that are the operator's to mend, told without a stack trace; null for all others.</summary>
internal static class StartFailure
{
    private const string NotConvertible = "Failed to convert configuration value";

    public static string? Explain(Exception error, WorkerIdentity worker) => error switch
    {
        OptionsValidationException invalid => Settings(worker, invalid.Failures),
        AggregateException { InnerExceptions: var all } when all.All(inner => inner is OptionsValidationException) =>
            Settings(worker, all.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)),
        // A value that is no number, say, in a section that a library binds by itself.
        InvalidOperationException when error.Message.StartsWith(NotConvertible, StringComparison.Ordinal) => Settings(worker, [error.Message]),
        IOException { InnerException: AddressInUseException } taken =>
            $"{worker.Service} cannot start: {taken.Message} Stop the other process, or choose another Hosting:MetricsPort or Hosting:ApiPort.",
        _ => null,
    };

    private static string Settings(WorkerIdentity worker, IEnumerable<string> failures)
    {
        var all = failures.Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder($"{worker.Service} cannot start: {all.Count} {(all.Count == 1 ? "setting needs" : "settings need")} attention.\n");
        foreach (var failure in all) text.Append("  - ").Append(failure).Append('\n');
        return text
            .Append("Settings come from appsettings.json, the environment (SCREENER_Section__Name=value) and the command line (--Section:Name=value).")
            .ToString();
    }
}
