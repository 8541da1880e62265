using System.Globalization;

namespace CryptoScreener.LocalServers.Stack;

/// <summary>The four workers and the settings that join them to the local servers.</summary>
internal static class StackWorkers
{
    internal static readonly IReadOnlyList<(string Service, string Project)> All =
    [
        ("data-collector", "DataCollector"),
        ("metrics-calculator", "MetricsCalculator"),
        ("alert-engine", "AlertEngine"),
        ("api-gateway", "ApiGateway"),
    ];

    internal static Dictionary<string, string> Settings(LocalScreener screener, string service, int metricsPort, int apiPort)
    {
        var settings = new Dictionary<string, string>
        {
            ["Hosting__BindAddress"] = "127.0.0.1",
            ["Hosting__MetricsPort"] = metricsPort.ToString(CultureInfo.InvariantCulture),
            ["Hosting__ApiPort"] = apiPort.ToString(CultureInfo.InvariantCulture),
            ["Messaging__Url"] = screener.Nats.Url,
            ["Storage__ConnectionString"] = screener.DatabaseConnection,
            ["Storage__Redis"] = screener.Redis.Configuration,
        };
        if (service is "alert-engine" or "api-gateway") settings["Storage__SecretKeys__0"] = SecretKeyFile.ReadOrMake(screener.SecretKeyFile);
        if (service == "alert-engine") AddOwnMachine(settings);
        if (service == "api-gateway") AddAccounts(settings, screener);
        if (service != "data-collector") return settings;
        foreach (var exchange in screener.Exchanges) AddExchange(settings, screener, exchange);
        return settings;
    }

    // Whoever tries things out looks around without an account; changing something takes the key that is shown at the first start.
    private static void AddAccounts(Dictionary<string, string> settings, LocalScreener screener)
    {
        settings["Auth__AnonymousRead"] = "true";
        settings["Auth__FirstAdminKeyFile"] = screener.AdminKeyFile;
        settings["Edge__AddressRequestsPerMinute"] = "0"; // everybody here has the same address
        settings["Realtime__ConnectsPerMinute"] = "1000"; // and loads the page again as often as it takes
    }

    // Receivers of somebody who tries things out run on the same machine; nowhere else may a delivery go there.
    private static void AddOwnMachine(Dictionary<string, string> settings)
    {
        settings["Delivery__AllowHttp"] = "true";
        settings["Delivery__AllowedNetworks__0"] = "127.0.0.0/8";
        settings["Delivery__AllowedNetworks__1"] = "::1/128";
    }

    /// <summary>The simulator has every exchange below its name.</summary>
    private static void AddExchange(Dictionary<string, string> settings, LocalScreener screener, string exchange)
    {
        var section = $"Collector__Exchanges__{exchange}";
        settings[$"{section}__Enabled"] = "true";
        if (screener.SimulatorApi is not { } simulator) return;
        settings[$"{section}__Simulated"] = "true";
        settings[$"{section}__RestUrl"] = new Uri(simulator, exchange).ToString();
        settings[$"{section}__StreamUrl"] = $"ws://{simulator.Authority}/{exchange}";
    }
}
