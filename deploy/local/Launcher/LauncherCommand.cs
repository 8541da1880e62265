using System.CommandLine;
using System.Globalization;

namespace CryptoScreener.Launcher;

/// <summary>The command line of <c>make run</c>.</summary>
internal static class LauncherCommand
{
    public static RootCommand Create()
    {
        var instruments = new Option<int>("--instruments") { Description = "How many instruments the simulator trades", DefaultValueFactory = _ => 50 };
        var rate = new Option<int>("--rate") { Description = "Updates per second and instrument, simulated", DefaultValueFactory = _ => 4 };
        var seed = new Option<int>("--seed") { Description = "Another seed, another market; the same seed, the same", DefaultValueFactory = _ => 1 };
        var duration = new Option<TimeSpan?>("--duration")
        {
            Description = "Stop by itself after this long, for instance 90s, 10m or 1h",
            CustomParser = result => Durations.TryParse(result.Tokens[0].Value, out var time) ? time : Refuse(result),
        };
        var data = new Option<string>("--data") { Description = "Folder for the servers' data and the logs", DefaultValueFactory = _ => ".data" };
        var fresh = new Option<bool>("--fresh") { Description = "Begin with empty servers: deletes what an earlier run stored" };
        var exchange = new Option<string>("--exchange")
        {
            Description = "simulated, binance (the real ones), or auto: real when Binance can be reached",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EXCHANGE") is { Length: > 0 } set ? set : "auto",
        };
        exchange.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("simulated" or "binance" or "auto"))
                result.AddError("--exchange (or EXCHANGE) must be simulated, binance or auto");
        });
        var exchanges = new Option<string>("--exchanges")
        {
            Description = $"Which exchanges to follow, separated by commas: {string.Join(", ", ExchangeChoice.Names)}",
            DefaultValueFactory = _ => ExchangeChoice.Names[0],
        };
        exchanges.Validators.Add(result =>
        {
            if (Split(result.GetValueOrDefault<string>()) is var names && (names.Length == 0 || names.Except(ExchangeChoice.Names, StringComparer.Ordinal).Any()))
                result.AddError($"--exchanges must name some of {string.Join(", ", ExchangeChoice.Names)}, separated by commas");
        });
        InRange(instruments, 1, 5_000);
        InRange(rate, 1, 100);
        var webhook = new Option<string?>("--webhook") { Description = "An address that gets every alert as a signed POST" };
        webhook.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
                result.AddError("--webhook must be an http or https address");
        });

        var workers = new Option<int>("--workers") { Description = "How many processes of each worker; they share out the partitions", DefaultValueFactory = _ => 1 };
        InRange(workers, 1, 16);

        var command = new RootCommand("Runs the whole screener on this machine: private servers, an exchange and the four workers. Ctrl-C stops it.");
        foreach (var option in new Option[] { instruments, rate, seed, duration, data, fresh, exchange, exchanges, webhook, workers }) command.Options.Add(option);
        command.SetAction((parsed, stop) => Launch.RunAsync(
            new LauncherOptions(
                parsed.GetValue(instruments),
                parsed.GetValue(rate),
                parsed.GetValue(seed),
                parsed.GetValue(duration),
                parsed.GetValue(data)!,
                parsed.GetValue(fresh),
                parsed.GetValue(exchange)!,
                Split(parsed.GetValue(exchanges)),
                parsed.GetValue(webhook),
                parsed.GetValue(workers)),
            stop));
        return command;
    }

    private static string[] Split(string? names) => [.. (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private static void InRange(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        // What is no number at all is refused by the parser itself.
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must lie between {least} and {most}"));
    });

    private static TimeSpan? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{result.Tokens[0].Value}' is not a duration; write for instance 90s, 10m or 1h"));
        return null;
    }
}
