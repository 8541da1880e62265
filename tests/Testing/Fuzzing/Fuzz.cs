using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace CryptoScreener.Testing.Fuzzing;

/// <summary>
/// Feeds a parser with a committed corpus and with changes of it. Whatever it throws fails the test, which keeps the input under
/// artifacts/fuzz; once the parser is mended the input joins the corpus. FUZZ_INPUTS says how many (make fuzz), FUZZ_SEED from where.
/// </summary>
public static class Fuzz
{
    private const int InputsInCi = 40_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1); // for one input, on the slowest machine: only to find what never ends

    /// <summary>For what takes a tenth of a millisecond and more.</summary>
    public const int FewInputsInCi = 4_000;

    /// <summary>That of FUZZ_SEED, or any.</summary>
    public static int Seed => Setting("FUZZ_SEED") ?? Random.Shared.Next();

    /// <summary>How many: those of FUZZ_INPUTS, or of a test among others.</summary>
    public static int Inputs(int inCi) => Setting("FUZZ_INPUTS") ?? inCi;

    /// <param name="feed">Calls the parser, swallows what it may throw, and checks what it gives.</param>
    public static void Run(string target, IReadOnlyList<byte[]> corpus, Action<byte[]> feed, int inputsInCi = InputsInCi)
    {
        var seed = Seed;
        var mutator = new Mutator(corpus, new Random(seed));
        var inputs = corpus.Select(known => ("of the corpus", known))
            .Concat(Enumerable.Range(0, Inputs(inputsInCi)).Select(_ => (string.Create(CultureInfo.InvariantCulture, $"with FUZZ_SEED={seed}"), mutator.Next())));
        var pass = new FuzzPass(inputs, feed);
        if (pass.Run(Patience) is var (broken, where, input)) Fail(target, where, input, broken.ToString());
    }

    /// <summary>One input a line, with <c>\r</c>, <c>\n</c>, <c>\x00</c> and the like for what a line cannot hold, and <c>\\</c> for itself.</summary>
    public static IReadOnlyList<byte[]> Corpus(string file) =>
        [.. File.ReadLines(file).Where(line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal)).Select(line => Encoding.UTF8.GetBytes(Regex.Unescape(line)))];

    /// <summary>Fails the test with an input, which is kept.</summary>
    public static void Fail(string target, string where, byte[] input, string broken)
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", "fuzz")).FullName;
        var file = Path.Combine(folder, $"{target}-{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(file, input);
        Assert.Fail($"{target}, {where}: {Escaped(input)}{Environment.NewLine}kept as {file}{Environment.NewLine}{broken}");
    }

    private static string Escaped(byte[] input) => Regex.Escape(Encoding.UTF8.GetString(input, 0, Math.Min(input.Length, 400)));

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
