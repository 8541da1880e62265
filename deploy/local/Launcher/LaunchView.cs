using System.Globalization;
using CryptoScreener.LocalServers.Stack;
using Spectre.Console;

namespace CryptoScreener.Launcher;

/// <summary>What the person sees: colours and a status that renews itself on a terminal, plain lines elsewhere.</summary>
internal sealed class LaunchView
{
    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;
    private readonly Lock _lock = new();

    private LaunchView(IAnsiConsole console, bool isTerminal)
    {
        _console = console;
        _isTerminal = isTerminal;
    }

    public bool IsTerminal => _isTerminal;

    public IAnsiConsole Console => _console;

    public static LaunchView Create()
    {
        var isTerminal = !System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal) console.Profile.Width = 160;
        return new LaunchView(console, isTerminal);
    }

    public void Step(string what, string state, string detail = "")
    {
        var colour = state == "ready" ? "green" : "grey";
        lock (_lock) _console.MarkupLine($"  {what.EscapeMarkup(),-22}[{colour}]{state.EscapeMarkup(),-10}[/] [grey]{detail.EscapeMarkup()}[/]");
    }

    public void Say(string text)
    {
        lock (_lock) _console.MarkupLine(text.EscapeMarkup());
    }

    public void Error(string text)
    {
        lock (_lock) _console.MarkupLine($"[red]{text.EscapeMarkup()}[/]");
    }

    public void Running(LocalScreener screener)
    {
        var api = screener.Api.ToString().TrimEnd('/');
        Say("");
        Line("Metrics", $"{api}/api/v1/metrics?columns=price,change(5m),volume(5m)");
        Line("Alerts", $"{api}/api/v1/alerts");
        Line("Alert socket", string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{screener.ApiPort}/ws/alerts"));
        Line("Logs", screener.LogFolder);
        Say("");
        if (screener.Simulator is not null) Say("The market is SIMULATED.");
        Say("Ctrl-C stops everything.");
        Say("");
    }

    private void Line(string name, string value) => Say($"  {name,-14}{value}");
}
