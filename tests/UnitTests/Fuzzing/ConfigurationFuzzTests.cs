using CryptoScreener.AlertEngine;
using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.DataCollector;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Tapes;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Configuration;
using CryptoScreener.Hosting.Logging;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.MetricsCalculator;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>A file that somebody wrote by hand is taken, or refused in words that say what is wrong with it.</summary>
public sealed class ConfigurationFuzzTests
{
    [Fact]
    public void Settings()
    {
        var settings = new SwappedSettings();
        var root = new ConfigurationRoot([settings]);
        var services = new ServiceCollection().AddSingleton<IConfiguration>(root);
        Func<IServiceProvider, Action>[] all =
        [
            Made<CollectorOptions, CollectorOptionsValidator>(services, CollectorOptions.Section), Made<RealtimeOptions, RealtimeOptionsValidator>(services, RealtimeOptions.Section),
            Made<CalculatorOptions, CalculatorOptionsValidator>(services, CalculatorOptions.Section), Made<EngineOptions, EngineOptionsValidator>(services, EngineOptions.Section),
            Made<DeliveryOptions, DeliveryOptionsValidator>(services, DeliveryOptions.Section), Made<AuthOptions, AuthOptionsValidator>(services, AuthOptions.Section),
            Made<EdgeOptions, EdgeOptionsValidator>(services, EdgeOptions.Section), Made<OperationsOptions, OperationsOptionsValidator>(services, OperationsOptions.Section),
            Made<QuotaOptions, QuotaOptionsValidator>(services, QuotaOptions.Section), Made<HostingOptions, HostingOptionsValidator>(services, HostingOptions.Section),
            Made<TelemetryOptions, TelemetryOptionsValidator>(services, TelemetryOptions.Section), Made<LogOptions, LogOptionsValidator>(services, LogOptions.Section),
            Made<LogFileOptions, LogFileOptionsValidator>(services, LogFileOptions.Section),
        ];
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryCrossCheck>();
        using var provider = services.BuildServiceProvider();
        var make = all.Select(one => one(provider)).ToList();
        Run("settings", input =>
        {
            if (settings.TryBecome(input)) make.ForEach(one => one());
        }, Fuzz.FewInputsInCi);
    }

    [Fact]
    public void Tapes() => Run("tapes", input => Refusable<TapeException>(() => Tape.Parse(input)));

    [Fact]
    public void Schedules_of_faults() => Run("fault-orders", input => Refusable<FaultException>(() =>
    {
        foreach (var order in FaultOrder.Parse(input)) order?.Complaint();
    }));

    private static Func<IServiceProvider, Action> Made<TOptions, TValidator>(IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddScreenerOptions<TOptions, TValidator>(section);
        return provider =>
        {
            var factory = provider.GetRequiredService<IOptionsFactory<TOptions>>();
            return () => Refusable<OptionsValidationException>(() => factory.Create(""));
        };
    }

    private static void Refusable<T>(Action read)
        where T : Exception
    {
        try
        {
            read();
        }
        catch (T refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static void Run(string target, Action<byte[]> feed, int inputsInCi = 20_000) =>
        Fuzz.Run(target, Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", $"{target}.txt")), feed, inputsInCi);
}
