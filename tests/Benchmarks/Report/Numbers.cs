namespace CryptoScreener.Benchmarks.Report;

/// <summary>Every number that is promised, in the order of the table; the only place that says their floors and goals.</summary>
internal static class Numbers
{
    internal static readonly NumbersRow CloseToAlert = new("closed candle in the collector → alert on the bus, p99", 100, 5, "ms", "system");
    internal static readonly NumbersRow MinuteClose = new("minute close: last candle in → last alert out, median", 1_000, 50, "ms", "system");
    internal static readonly NumbersRow FrameToSocket = new("exchange frame → one unconflated WebSocket client, p99", 100, 5, "ms", "system");
    internal static readonly NumbersRow Sustained = new("sustained candle updates through all four workers", 5_000, 100_000, "/s", "load", IsMoreBetter: true);
    internal static readonly NumbersRow Merge = new("one candle update in the calculator, merge only", 10e6, 200, "ns", "calculation");
    internal static readonly NumbersRow MergeAndFrame = new("one candle update in the calculator, with a full frame", 10e6, 10_000, "ns", "calculation");
    internal static readonly NumbersRow QuietFrame = new("one frame against all rules, nothing firing, p99", 1_000, 20, "us", "rules");
    internal static readonly NumbersRow Transition = new("each transition of a rule", null, 1, "us", "rules");
    internal static readonly NumbersRow Memory = new("memory per instrument, all timeframes and indicators", 160, 100, "KB", "calculation");
    internal static readonly NumbersRow Insert = new("insert of 1,000 candles, p95", 50, 10, "ms", "storage");
    internal static readonly NumbersRow InsertShare = new("insert of 1,000 candles, of the rate of raw COPY", null, 60, "%", "storage", IsMoreBetter: true);
    internal static readonly NumbersRow Query = new("query of 1,000 candles of one instrument, warm, p95", 100, 5, "ms", "storage");
    internal static readonly NumbersRow Rest = new("REST, p95", 50, 2, "ms", "gateway");
    internal static readonly NumbersRow Screener = new("screener query over 5,000 instruments, p95", 50, 2, "ms", "gateway");
    internal static readonly NumbersRow RestRate = new("REST requests a second on one core, simple route", 2_000, 10_000, "/s", "gateway", IsMoreBetter: true);
    internal static readonly NumbersRow Sockets = new("1,000 WebSocket clients at 10 Hz, p99", 100, null, "ms", "gateway");
    internal static readonly NumbersRow ManySockets = new("5,000 WebSocket clients at 10 Hz, p99", null, 50, "ms", "gateway");
    internal static readonly NumbersRow SocketMemory = new("memory of a WebSocket connection", null, 30, "KB", "gateway");
    internal static readonly NumbersRow Webhooks = new("webhook deliveries to healthy receivers", 100, 5_000, "/s", "delivery", IsMoreBetter: true);
    internal static readonly NumbersRow DeadEndpoints = new("the same beside 100 dead endpoints, of the rate without them", null, 90, "%", "delivery", IsMoreBetter: true);
    internal static readonly NumbersRow LogOff = new("log call, level off", 1e6, 1_000, "ns", "hosting");
    internal static readonly NumbersRow LogOffBytes = new("log call, level off, allocated", null, 0, "B", "hosting");
    internal static readonly NumbersRow LogOn = new("log call, level on, queue not full", 1e6, 1_000, "ns", "hosting");
    internal static readonly NumbersRow LogRate = new("log events formatted and written", 10_000, 100_000, "/s", "hosting", IsMoreBetter: true);
    internal static readonly NumbersRow Scrape = new("scrape of a worker, p95", 50, 2, "ms", "hosting");
    internal static readonly NumbersRow Restart = new("restart of a worker → fully warm, 800 instruments", 60, 5, "s", "restart");
    internal static readonly NumbersRow Replay = new("rule replay: one rule, 30 days of 1m, 500 instruments", 120, 20, "s", "replay");
    internal static readonly NumbersRow TenProcessor = new("10 instruments, everything running: of the machine", 15, 3, "%", "idle");
    internal static readonly NumbersRow TenMemory = new("10 instruments, everything running: memory", 1_000, 400, "MB", "idle");
    internal static readonly NumbersRow FirstContent = new("page: first content", 2_000, 700, "ms", "page");
    internal static readonly NumbersRow PageFrame = new("page: frame to frame at 10 Hz, p95 (at 60 a second one lasts 16.7)", 33, 16.8, "ms", "page"); // the promise is 16, which such a screen cannot show
    internal static readonly NumbersRow Chart = new("page: frames a second of a chart with 100,000 candles", 30, 60, "FPS", "page", IsMoreBetter: true);
    internal static readonly NumbersRow Lost = new("lost or doubled closed candles and alerts, deliveries under a new id, under faults", 0, 0, "", "chaos");

    internal static IReadOnlyList<NumbersRow> All { get; } =
    [
        CloseToAlert, MinuteClose, FrameToSocket, Sustained, Merge, MergeAndFrame, QuietFrame, Transition, Memory, Insert, InsertShare, Query, Rest, Screener, RestRate,
        Sockets, ManySockets, SocketMemory, Webhooks, DeadEndpoints, LogOff, LogOffBytes, LogOn, LogRate, Scrape, Restart, Replay, TenProcessor, TenMemory,
        FirstContent, PageFrame, Chart, Lost,
    ];
}
