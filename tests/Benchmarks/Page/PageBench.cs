using System.Globalization;
using System.Text.Json;
using CryptoScreener.Benchmarks.Gateway;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Page;

/// <summary>
/// <c>Benchmarks page [first] [table] [memory] [chart] [minutes]</c>: the page in a headless Chromium, drawn by the processor, with
/// gateway, servers and market on the same cores. Without words all of it; the minutes are for the look at its memory.
/// </summary>
internal static class PageBench
{
    private const int Bars = 100_000;
    private const int FrameSeconds = 15;
    private static readonly NodeClient Figures = new("tests/Benchmarks/Page/page-figures", "figures.mjs") { Patience = TimeSpan.FromHours(1) };

    public static async Task RunAsync(string[] arguments)
    {
        var minutes = arguments.FirstOrDefault(text => char.IsAsciiDigit(text[0])) ?? "2";
        var words = arguments.Where(text => !char.IsAsciiDigit(text[0])).ToHashSet();
        bool Wants(string what) => words.Count == 0 || words.Contains(what);
        var report = new BenchReport("page");
        foreach (var (instruments, updatesPerSecond) in new[] { (800, 10), (5_000, 2) })
        {
            if (instruments != 800 && !Wants("table")) continue;
            await using var stack = new LocalScreener(new LocalScreenerOptions
            {
                LogDirectory = Repository.PathOf("artifacts", "bench", "logs", "page"),
                Settings = new Dictionary<string, string>
                {
                    ["Logging__LogLevel__Default"] = "Warning",
                    ["Edge__AddressRequestsPerMinute"] = "0", // many visits from one address within a minute: a limit would be measured
                },
            });
            await stack.StartServersAsync(_ => { }, CancellationToken.None);
            await using var market = await MarketOnTheBus.StartAsync(stack.Nats.Url, instruments);
            var gateway = await stack.AddWorkerAsync("api-gateway", CancellationToken.None);
            await Eventually.TrueAsync(async () => (await gateway.ReadyAsync(CancellationToken.None)).Ready, "the gateway is ready");
            var of = string.Create(CultureInfo.InvariantCulture, $"{instruments:N0} instruments");
            if (instruments == 800)
            {
                await StoredHistory.FillAsync(stack.DatabaseConnection, Bars);
                if (Wants("first")) await MeasureAsync(report, of, "first", stack.Api.ToString(), "5");
            }

            using var stop = new CancellationTokenSource();
            var moving = MoveAsync(market, instruments, updatesPerSecond, stop.Token);
            if (Wants("table")) await MeasureAsync(report, of, "table", stack.Api.ToString(), FrameSeconds.ToString(CultureInfo.InvariantCulture));
            if (instruments == 800 && Wants("memory")) await MeasureAsync(report, of, "memory", stack.Api.ToString(), minutes);
            await stop.CancelAsync();
            await moving;
            if (instruments == 800 && Wants("chart"))
                await MeasureAsync(report, "a chart", "chart", $"{stack.Api}instrument/{MarketOnTheBus.Exchange}/{MarketOnTheBus.Id(0).Symbol}", Bars.ToString(CultureInfo.InvariantCulture));
        }
    }

    // A tenth of a second's share every tenth of a second, as the table hears of it.
    private static async Task MoveAsync(MarketOnTheBus market, int instruments, int updatesPerSecond, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var share = instruments * updatesPerSecond / 10;
        try
        {
            for (var first = 0; await timer.WaitForNextTickAsync(stop); first = (first + share) % instruments)
                await market.LiveAsync(first, share);
        }
        catch (OperationCanceledException)
        {
            // measured
        }
    }

    private static async Task MeasureAsync(BenchReport report, string of, string what, params string[] arguments)
    {
        foreach (var line in (await Figures.RunAsync([what, .. arguments])).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var figure = JsonSerializer.Deserialize<PageFigure>(line, JsonSerializerOptions.Web)!;
            report.Add(RowOf(what, figure.Name)?.Of(of, figure.Value) ?? new Measured(figure.Name, of, figure.Value, figure.Unit, Goal: Goal(what, figure.Name)));
        }
    }

    private static NumbersRow? RowOf(string what, string name) => (what, name) switch
    {
        ("first", "first content") => Numbers.FirstContent,
        ("table", "frame to frame, p95") => Numbers.PageFrame,
        ("chart", "frames a second") => Numbers.Chart,
        _ => null,
    };

    private static double? Goal(string what, string name) => (what, name) == ("first", "bytes of the first view, compressed") ? 300 : null;

    private sealed record PageFigure(string Name, double Value, string Unit);
}
