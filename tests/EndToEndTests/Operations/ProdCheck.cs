using System.Globalization;
using System.Text.RegularExpressions;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Operations;

/// <summary>What <c>deploy/scripts/prod-check.sh</c> says of a stack.</summary>
internal sealed partial record ProdCheck(int ExitCode, string Said)
{
    public IReadOnlyList<int> Failed => [.. Stages("FAIL")];

    public int Looked => Stages("PASS|WARN|FAIL").Count();

    /// <param name="environment"><c>A=1 B=2</c></param>
    public static async Task<ProdCheck> OfAsync(LocalScreener stack, string environment)
    {
        var (code, said) = await RunAsync("prod-check.sh", stack, environment);
        return new ProdCheck(code, said);
    }

    public static Task<(int Code, string Said)> RunAsync(string script, LocalScreener stack, string environment) => ExternalProgram.Bash.RunAsync(
        $"-c \"BACKUP_PROGRAM='dotnet {BuiltPrograms.PathOf("Backup")}' deploy/scripts/{script}\"", environment: $"STACK_FILE={stack.AddressFile} {environment}");

    private IEnumerable<int> Stages(string verdict) => Stage().Matches(Said)
        .Where(match => Regex.IsMatch(match.Groups[1].Value, verdict)).Select(match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(PASS|WARN|FAIL) +(\d+)/10 ", RegexOptions.Multiline)]
    private static partial Regex Stage();
}
