using System.Globalization;

namespace CryptoScreener.LocalServers.Stack;

/// <summary>
/// What runs and where, as settings that a shell can read: how the scripts find a stack whose ports may be any free ones.
/// The file is there while the workers are, and names our process, so that one left by a killed run is not believed.
/// </summary>
internal static class StackAddresses
{
    public static void Write(string file, LocalScreener screener)
    {
        string[] lines =
        [
            $"STACK_PROCESS={Text(Environment.ProcessId)}",
            $"GATEWAY_URL={screener.Api.GetLeftPart(UriPartial.Authority)}",
            .. StackWorkers.All.Select(worker => $"{worker.Service.Replace('-', '_').ToUpperInvariant()}_URL=\"{Operations(screener, worker.Service)}\""),
            $"NATS_URL={screener.Nats.Url}",
            $"REDIS={screener.Redis.Configuration}",
            "PGHOST=127.0.0.1",
            $"PGPORT={Text(screener.Postgres.Port)}",
            "PGUSER=screener",
            "PGDATABASE=screener",
            $"ADMIN_KEY_FILE=\"{screener.AdminKeyFile}\"",
            $"LOG_FOLDER=\"{screener.LogFolder}\"",
        ];
        File.WriteAllLines(file + ".new", lines);
        File.Move(file + ".new", file, overwrite: true); // whoever reads sees all of it or the one before
    }

    private static string Operations(LocalScreener screener, string service) => string.Join(
        ' ', screener.Workers.Where(worker => worker.Name.StartsWith(service, StringComparison.Ordinal)).Select(worker => $"http://127.0.0.1:{Text(worker.HealthPort)}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
