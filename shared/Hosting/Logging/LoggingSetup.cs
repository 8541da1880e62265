using System.Globalization;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// Microsoft's logging decides by component and level what is logged; Serilog writes it: relief, queue, redaction, console.
/// </summary>
internal static class LoggingSetup
{
    private const string Readable = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    public static void AddScreenerLogging(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScreenerOptions<LogOptions, LogOptionsValidator>(LogOptions.Section);
        builder.Services.AddSingleton<LogQueue>();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(services => new SerilogLoggerProvider(
            Build(services, Settings(services.GetRequiredService<IConfiguration>()), services.GetRequiredService<IHostEnvironment>()),
            dispose: true));
    }

    // Not through IOptions: the log must work for the report that its own settings are wrong.
    private static LogOptions Settings(IConfiguration configuration)
    {
        var section = configuration.GetSection(LogOptions.Section);
        var options = SettingErrors.Of(section, typeof(LogOptions)).Count == 0 ? section.Get<LogOptions>() ?? new() : new();
        return new LogOptionsValidator().Validate(null, options).Failed ? new() : options;
    }

    private static Logger Build(IServiceProvider services, LogOptions options, IHostEnvironment environment)
    {
        var queue = services.GetRequiredService<LogQueue>();
        var time = services.GetRequiredService<TimeProvider>();
        var formatter = new JsonLogFormatter(services.GetRequiredService<WorkerIdentity>());
        var readable = options.Preset == LogPreset.Auto ? environment.IsDevelopment() : options.Preset == LogPreset.Development;

        var configuration = new LoggerConfiguration().MinimumLevel.ControlledBy(queue.Level).Enrich.With<CorrelationEnricher>();
        Wrap(configuration.WriteTo, sink => new ReliefSink(sink, queue, time), entry =>
            // Dropped, not waited for: a log call never holds up the market. LogQueue counts what is lost.
            entry.Async(
                writer => Wrap(writer, sink => new ReliefSink(new RedactingSink(sink), queue, time), output =>
                {
                    if (readable) output.Console(outputTemplate: Readable, formatProvider: CultureInfo.InvariantCulture);
                    else output.Console(formatter);
                }),
                monitor: queue,
                bufferSize: options.QueueSize,
                blockWhenFull: false));
        return configuration.CreateLogger();
    }

    private static void Wrap(LoggerSinkConfiguration target, Func<ILogEventSink, ILogEventSink> wrap, Action<LoggerSinkConfiguration> inner) =>
        LoggerSinkConfiguration.Wrap(target, wrap, inner);
}
