namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Metric names separated by commas, where the names hold commas of their own: <c>price,rsi(14,1h)</c>.</summary>
internal static class ColumnList
{
    public static IReadOnlyList<string> Split(string? text)
    {
        var names = new List<string>();
        if (string.IsNullOrWhiteSpace(text)) return names;
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == ',' && (depth <= 0 || i == text.Length))
            {
                var name = text[start..i].Replace(" ", "", StringComparison.Ordinal);
                if (name.Length > 0 && !names.Contains(name, StringComparer.Ordinal)) names.Add(name);
                start = i + 1;
            }
        }

        return names;
    }
}
