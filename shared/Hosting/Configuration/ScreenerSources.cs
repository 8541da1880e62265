using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace CryptoScreener.Hosting.Configuration;

/// <summary>
/// From weak to strong: built-in defaults, appsettings.json beside the program, appsettings in the working directory, plain
/// environment variables, those that begin with SCREENER_, the command line.
/// </summary>
internal static class ScreenerSources
{
    private const string Prefix = "SCREENER_";

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None", // the gate logs what changes
    };

    public static void AddScreenerSources(this IConfigurationManager configuration)
    {
        var sources = configuration.Sources;
        sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });

        // A worker started from another folder still finds the settings it was shipped with.
        var shipped = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true);
        sources.Insert(1, shipped.Sources[0]);

        // The host adds the command line twice, first for its own settings; the last one is the strongest.
        var commandLine = sources.ToList().FindLastIndex(source => source is CommandLineConfigurationSource);
        sources.Insert(commandLine < 0 ? sources.Count : commandLine, new EnvironmentVariablesConfigurationSource { Prefix = Prefix });
    }
}
