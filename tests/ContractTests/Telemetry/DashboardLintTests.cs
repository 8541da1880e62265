using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>What somebody who is called at night wants of a dashboard.</summary>
public sealed partial class DashboardLintTests
{
    private const int Columns = 24;

    private static readonly Dictionary<string, JsonNode> Dashboards = Directory.GetFiles(Repository.PathOf("deploy", "grafana", "dashboards"), "*.json")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => JsonNode.Parse(File.ReadAllText(file))!);

    public static TheoryData<string> Names => [.. Dashboards.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_lie_beside_each_other_within_the_page_and_no_row_has_a_hole(string name)
    {
        var places = All(name).Select(panel => panel["gridPos"]!).Select(place => (X: Number(place, "x"), Y: Number(place, "y"), W: Number(place, "w"), H: Number(place, "h"))).ToList();
        for (var i = 0; i < places.Count; i++)
        {
            var (x, y, w, h) = places[i];
            Assert.True(x >= 0 && w > 0 && h > 0 && x + w <= Columns, $"{places[i]} leaves the page");
            foreach (var other in places.Skip(i + 1))
                Assert.False(x < other.X + other.W && other.X < x + w && y < other.Y + other.H && other.Y < y + h, $"{places[i]} lies over {other}");
            Assert.True(x == 0 || places.Exists(left => left.X + left.W == x && left.Y == y), $"nothing is left of {places[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_panel_says_what_it_shows_in_which_unit_and_which_line_is_which(string name)
    {
        foreach (var panel in Panels(name))
        {
            var title = Text(panel, "title");
            Assert.True(title.Length > 0 && title.Length <= 40, $"'{title}' is no title");
            Assert.True(Text(panel, "description") is { Length: > 10 } help && help.EndsWith('.'), $"{title} says nothing of itself: '{Text(panel, "description")}'");
            Assert.NotEmpty(Text(panel["fieldConfig"]!["defaults"]!, "unit"));
            if (Text(panel, "type") != "timeseries") continue;
            var targets = panel["targets"]!.AsArray().Where(target => target!["expr"] is not null).ToList();
            Assert.All(targets, target => Assert.True(Text(target!, "legendFormat") is { Length: > 0 } and not "__auto", $"{title}: a line without a name"));
            Assert.True(targets.Count < 2 || targets.Select(target => Text(target!, "legendFormat")).Distinct().Count() == targets.Count, $"{title}: two lines of one name");
            // A line for each value of a label must say which.
            foreach (var target in targets)
                foreach (var label in By().Match(Text(target!, "expr")).Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(label => label != "le"))
                    Assert.Contains($"{{{{{label}}}}}", Text(target!, "legendFormat"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Times_are_seconds_shares_are_percent_sizes_are_bytes_and_rates_are_per_second_or_minute(string name)
    {
        foreach (var panel in Panels(name).Where(panel => panel["targets"]!.AsArray().All(target => target!["expr"] is not null)))
        {
            var unit = Text(panel["fieldConfig"]!["defaults"]!, "unit");
            foreach (var query in panel["targets"]!.AsArray().Select(target => Text(target!, "expr")))
            {
                var wanted = query switch
                {
                    _ when query.Contains(" / ", StringComparison.Ordinal) && !query.Contains("objective", StringComparison.Ordinal) => ["percentunit"],
                    _ when query.Contains("histogram_quantile", StringComparison.Ordinal) || query.Contains("_seconds:p", StringComparison.Ordinal) => ["s"],
                    _ when query.Contains(")) * 60", StringComparison.Ordinal) => ["opm"],
                    _ when query.Contains("cpu_time", StringComparison.Ordinal) => ["suffix: cores"],
                    _ when query.Contains("rate(", StringComparison.Ordinal) => ["ops", "Bps", "reqps"],
                    _ when query.Contains("_bytes", StringComparison.Ordinal) => ["bytes"],
                    _ when query.Contains(":ratio", StringComparison.Ordinal) && !query.Contains('/', StringComparison.Ordinal) => ["percentunit"],
                    _ => Array.Empty<string>(),
                };
                Assert.True(wanted.Length == 0 || wanted.Contains(unit), $"{Text(panel, "title")} shows {query} as {unit}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Limits_rise_in_the_order_of_their_colours_and_what_has_them_shows_them(string name)
    {
        foreach (var panel in Panels(name))
        {
            var steps = panel["fieldConfig"]!["defaults"]!["thresholds"]!["steps"]!.AsArray();
            Assert.Null(steps[0]!["value"]);
            var values = steps.Skip(1).Select(step => step!["value"]!.GetValue<double>()).ToList();
            Assert.Equal(values.Order(), values);
            if (values.Count > 0 && Text(panel, "type") == "stat") Assert.Equal("background", Text(panel["options"]!, "colorMode"));
            if (values.Count > 0 && Text(panel, "type") == "timeseries") Assert.Equal("line", Text(panel["fieldConfig"]!["defaults"]!["custom"]!["thresholdsStyle"]!, "mode"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_dashboard_says_what_it_answers_leads_to_the_others_and_has_the_variables_that_are_asked_for(string name)
    {
        var dashboard = Dashboards[name];
        Assert.True(Text(dashboard, "description").EndsWith('.'));
        Assert.Equal($"screener-{name}", Text(dashboard, "uid"));
        Assert.Contains(dashboard["links"]!.AsArray(), link => Text(link!, "type") == "dashboards" && link!["keepTime"]!.GetValue<bool>());
        var asked = All(name).SelectMany(panel => Variable().Matches(panel.ToJsonString())).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(dashboard["templating"]!["list"]!.AsArray().Select(variable => Text(variable!, "name")).Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Latencies_show_examples_that_lead_to_traces() => Assert.All(
        Dashboards.Keys.SelectMany(Panels).SelectMany(panel => panel["targets"]!.AsArray()).Where(target => Text(target!, "expr").Contains("histogram_quantile", StringComparison.Ordinal)),
        target => Assert.True(target!["exemplar"]!.GetValue<bool>()));

    private static IEnumerable<JsonNode> All(string name) => Dashboards[name]["panels"]!.AsArray().Select(panel => panel!);

    private static IEnumerable<JsonNode> Panels(string name) => All(name).Where(panel => Text(panel, "type") != "row");

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();

    private static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";

    // Not Grafana's own, which begin with two underscores.
    [GeneratedRegex(@"\$(?!__)([a-z]\w*)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\s*(?:sum|max|min|avg) by \(([^)]*)\)")]
    private static partial Regex By();
}
