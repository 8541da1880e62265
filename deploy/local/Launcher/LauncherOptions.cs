namespace CryptoScreener.Launcher;

/// <summary>What the person asked for on the command line.</summary>
internal sealed record LauncherOptions(
    int Instruments, int Rate, int Seed, TimeSpan? Duration, string Data, bool Fresh, string Exchange, IReadOnlyList<string> Exchanges, string? Webhook, int Workers);
