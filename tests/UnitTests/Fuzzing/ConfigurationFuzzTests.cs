using System.Text.Json;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.DataCollector;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Tapes;
using CryptoScreener.Hosting.Configuration;
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
        var settings = new Swapped();
        var root = new ConfigurationRoot([settings]);
        var services = new ServiceCollection().AddSingleton<IConfiguration>(root);
        services.AddScreenerOptions<CollectorOptions, CollectorOptionsValidator>(CollectorOptions.Section);
        services.AddScreenerOptions<RealtimeOptions, RealtimeOptionsValidator>(RealtimeOptions.Section);
        using var provider = services.BuildServiceProvider();
        var (collector, realtime) = (provider.GetRequiredService<IOptionsFactory<CollectorOptions>>(), provider.GetRequiredService<IOptionsFactory<RealtimeOptions>>());
        Run("settings", input =>
        {
            if (!TryFlatten(input, out var values)) return;
            settings.Become(values);
            Check(() => collector.Create(""));
            Check(() => realtime.Create(""));
        }, Fuzz.FewInputsInCi);
    }

    [Fact]
    public void Tapes() => Run("tapes", input => Refusable<TapeException>(() => Tape.Parse(input)));

    [Fact]
    public void Schedules_of_faults() => Run("fault-orders", input => Refusable<FaultException>(() =>
    {
        foreach (var order in FaultOrder.Parse(input)) order?.Complaint();
    }));

    private static void Check(Func<object> create) => Refusable<OptionsValidationException>(() => create());

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

    /// <summary>The reader of JSON files is the framework's; what it refuses never reaches us.</summary>
    private static bool TryFlatten(byte[] input, out IEnumerable<KeyValuePair<string, string?>> values)
    {
        try
        {
            using var stream = new MemoryStream(input);
            values = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable();
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidDataException or InvalidOperationException)
        {
            values = [];
            return false;
        }
    }

    private static void Run(string target, Action<byte[]> feed, int inputsInCi = 20_000) =>
        Fuzz.Run(target, Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", $"{target}.txt")), feed, inputsInCi);

    private sealed class Swapped : ConfigurationProvider
    {
        public void Become(IEnumerable<KeyValuePair<string, string?>> values) =>
            Data = values.Where(value => value.Value is not null).ToDictionary(value => value.Key, value => value.Value, StringComparer.OrdinalIgnoreCase);
    }
}
