using System.Globalization;
using System.Text;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>A scrape as a reader of the format sees it; strict enough to refuse a line that breaks it.</summary>
internal sealed class Exposition
{
    public Dictionary<string, string> Types { get; } = [];

    public Dictionary<string, string> Units { get; } = [];

    public Dictionary<string, string> Helps { get; } = [];

    public List<Sample> Samples { get; } = [];

    public bool HasEnd { get; private set; }

    public double this[string name] => Samples.Single(sample => sample.Name == name).Value;

    public static Exposition Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var document = new Exposition();
        foreach (var line in text[..^1].Split('\n'))
        {
            Assert.False(document.HasEnd, "nothing may follow # EOF");
            if (line == "# EOF") document.HasEnd = true;
            else if (line.StartsWith("# ", StringComparison.Ordinal)) document.Describe(line.Split(' ', 4));
            else document.Samples.Add(Sample.Parse(line));
        }

        return document;
    }

    public IEnumerable<Sample> Named(string name) => Samples.Where(sample => sample.Name == name);

    private void Describe(string[] words)
    {
        var known = words[1] switch { "TYPE" => Types, "UNIT" => Units, "HELP" => Helps, _ => null };
        Assert.NotNull(known);
        Assert.True(known.TryAdd(words[2], words[3]), $"{words[1]} of {words[2]} stands twice");
    }
}

internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, string? Exemplar)
{
    public static Sample Parse(string line)
    {
        var at = line.IndexOfAny(['{', ' ']);
        var name = line[..at];
        var labels = new Dictionary<string, string>();
        if (line[at] == '{') at = Read(line, at + 1, labels);

        var rest = line[at..].Split(" # ", 2);
        Assert.StartsWith(" ", rest[0], StringComparison.Ordinal);
        return new(name, labels, Number(rest[0][1..]), rest.Length > 1 ? rest[1] : null);
    }

    private static int Read(string line, int at, Dictionary<string, string> labels)
    {
        while (line[at] != '}')
        {
            if (line[at] == ',') at++;
            var equals = line.IndexOf("=\"", at, StringComparison.Ordinal);
            var key = line[at..equals];
            Assert.Matches("^[a-zA-Z_][a-zA-Z0-9_]*$", key);

            var value = new StringBuilder();
            for (at = equals + 2; line[at] != '"'; at++)
            {
                if (line[at] == '\\') value.Append(line[++at] switch { 'n' => '\n', var c => c });
                else value.Append(line[at]);
            }

            Assert.True(labels.TryAdd(key, value.ToString()), $"label {key} stands twice");
            at++;
        }

        return at + 1;
    }

    public static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
