using Spectre.Console;
using Spectre.Console.Rendering;

namespace CryptoScreener.Launcher;

/// <summary>The live status on a terminal.</summary>
internal static class StatusTable
{
    public static IRenderable Of(StatusSample sample)
    {
        var workers = new Table().Border(TableBorder.Rounded).AddColumns("worker", "state");
        foreach (var (name, ready) in sample.Workers) workers.AddRow(name, ready ? "[green]ready[/]" : "[red]not ready[/]");

        var alerts = new Table().Border(TableBorder.Rounded).AddColumns("time", "rule", "instrument", "price");
        foreach (var alert in sample.LatestAlerts)
            alerts.AddRow(alert.Time.EscapeMarkup(), alert.Rule.EscapeMarkup(), alert.Symbol.EscapeMarkup(), alert.Price.EscapeMarkup());
        if (sample.LatestAlerts.Count == 0) alerts.AddRow("", "[grey]none yet[/]", "", "");

        return new Rows(new Markup(sample.ToString().EscapeMarkup()), new Columns(workers, alerts) { Expand = false });
    }
}
