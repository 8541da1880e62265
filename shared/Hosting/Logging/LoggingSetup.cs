using System.Globalization;
using CryptoScreener.Hosting.Configuration;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// Microsoft's logging decides by component and level what is logged; Serilog writes it.
/// </summary>
internal static class LoggingSetup
{
    private const string Readable = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:l}{NewLine}{Exception}";

    public static void AddScreenerLogging(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScreenerOptions<LogOptions, LogOptionsValidator>(LogOptions.Section);
        builder.Services.AddScreenerOptions<LogFileOptions, LogFileOptionsValidator>(LogFileOptions.Section);
        builder.Services.AddSingleton<LogQueue>();
        builder.Services.AddSingleton(services => LogFolder.Take(services.ValidOrDefault<LogFileOptions>().Directory, services.GetRequiredService<WorkerIdentity>().Service));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(services => new SerilogLoggerProvider(Build(services), dispose: true));
    }

    private static Logger Build(IServiceProvider services)
    {
        var options = services.ValidOrDefault<LogOptions>();
        var files = services.ValidOrDefault<LogFileOptions>();
        var json = new JsonLogFormatter(services.GetRequiredService<WorkerIdentity>());
        var readable = options.Preset == LogPreset.Development
            || (options.Preset == LogPreset.Auto && services.GetRequiredService<IHostEnvironment>().IsDevelopment());

        return LogPipeline.Create(services.GetRequiredService<LogQueue>(), options.QueueSize, output =>
        {
            if (readable) output.Console(outputTemplate: Readable, formatProvider: CultureInfo.InvariantCulture);
            else output.Console(json);
            if (files.Enabled) output.LogStreamFiles(services.GetRequiredService<LogFolder>().Path, files, json, services.GetRequiredService<TimeProvider>());
        }, new ErrorCountSink(services.GetRequiredService<WorkerMetrics>()));
    }
}
