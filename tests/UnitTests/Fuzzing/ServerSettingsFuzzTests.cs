using CryptoScreener.Contracts.Candles;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Secrets;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NATS.Client.Core;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>Settings of bus and storage are refused in words when a worker starts, or what it makes of them can be made.</summary>
public sealed class ServerSettingsFuzzTests
{
    private static readonly WorkerIdentity Worker = new("worker", "1", "0.0.0", UpstreamPackages: false);

    private readonly HashSet<string> _urls = [];

    [Fact]
    public void Bus_and_storage()
    {
        var settings = new SwappedSettings();
        var root = new ConfigurationRoot([settings]);
        using var provider = new ServiceCollection().AddSingleton<IConfiguration>(root).AddScreenerMessaging().AddScreenerStorage(root).BuildServiceProvider();
        var bus = provider.GetRequiredService<IOptionsFactory<MessagingOptions>>();
        var storage = provider.GetRequiredService<IOptionsFactory<StorageOptions>>();
        Fuzz.Run("server-settings", Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", "server-settings.txt")), input =>
        {
            if (!settings.TryBecome(input)) return;
            if (Taken(bus) is { } reached && _urls.Add(reached.Url)) Connect(reached);
            if (Taken(storage) is { } kept) Use(kept);
        }, Fuzz.FewInputsInCi);
    }

    private static T? Taken<T>(IOptionsFactory<T> factory)
        where T : class
    {
        try
        {
            return factory.Create(Options.DefaultName);
        }
        catch (Exception refused) when (StartFailure.Explain(refused, Worker) is not null)
        {
            return null;
        }
    }

    private static void Connect(MessagingOptions options) =>
        new NatsConnection(BusConnectionOptions.From(options, NullLoggerFactory.Instance)).DisposeAsync().AsTask().GetAwaiter().GetResult(); // it never connected

    // The two addresses were tried when they were checked.
    private static void Use(StorageOptions options)
    {
        Assert.NotNull(options.Redis);
        Assert.InRange(options.Retention.Alerts, 1, int.MaxValue);
        Assert.All(options.RollUpTimeframes.Split(',', StringSplitOptions.TrimEntries), text => Timeframe.Parse(text));
        Assert.Equal(options.SecretKeys.Length > 0, new SecretBox(options.SecretKeys).HasKeys);
    }
}
