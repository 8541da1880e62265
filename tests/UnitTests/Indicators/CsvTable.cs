using System.Globalization;

namespace CryptoScreener.UnitTests.Indicators;

/// <summary>A committed CSV of numbers; an empty cell is NaN, a line that begins with # explains.</summary>
internal sealed class CsvTable
{
    private readonly Dictionary<string, double[]> _columns;

    private CsvTable(Dictionary<string, double[]> columns) => _columns = columns;

    internal IEnumerable<string> Columns => _columns.Keys;

    internal double[] this[string column] => _columns[column];

    internal static CsvTable Read(params string[] path)
    {
        var lines = RepositoryFiles.Lines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(',')).ToArray();
        return new CsvTable(lines[0]
            .Select((name, column) => (name, values: lines[1..].Select(cells => Number(cells[column])).ToArray()))
            .ToDictionary(c => c.name, c => c.values));
    }

    private static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);
}
