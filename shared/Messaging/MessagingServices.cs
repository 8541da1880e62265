using CryptoScreener.Contracts.Status;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Messaging.Status;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Messaging;

public static class MessagingServices
{
    /// <summary>The bus and the ways to use it: say once, store, store at most once per subject, listen, read in order.</summary>
    public static IServiceCollection AddScreenerMessaging(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MessagingOptions, MessagingOptionsValidator>().BindConfiguration(MessagingOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MessagingOptions>, MessagingOptionsCrossCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MessagingMetrics>();
        services.AddSingleton<Bus>();
        services.AddHostedService<BusStarter>();
        services.AddHealthChecks().AddCheck<BusHealth>("nats", tags: ["ready"]);
        services.AddSingleton(s => new CorePublisher(
            s.GetRequiredService<Bus>(), s.GetRequiredService<MessagingMetrics>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new CoreListener(
            s.GetRequiredService<Bus>(), s.GetRequiredService<MessagingMetrics>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new OncePublisher(
            s.GetRequiredService<Bus>(), s.GetRequiredService<MessagingMetrics>(), s.GetRequiredService<TimeProvider>(), Logger<OncePublisher>(s)));
        services.AddSingleton(s => new StoredReader(
            s.GetRequiredService<Bus>(), s.GetRequiredService<MessagingMetrics>(), s.GetRequiredService<TimeProvider>(), Logger<StoredReader>(s)));
        services.AddSingleton(s => new CatalogueBook(s.GetRequiredService<StoredReader>(), s.GetRequiredService<TimeProvider>(), Logger<CatalogueBook>(s)));
        services.AddSingleton(s => new StoredPublisher(
            s.GetRequiredService<Bus>(),
            s.GetRequiredService<MessagingMetrics>(),
            s.GetRequiredService<IOptions<MessagingOptions>>(),
            s.GetRequiredService<TimeProvider>(),
            Logger<StoredPublisher>(s)));
        services.AddHostedService(s => s.GetRequiredService<StoredPublisher>());
        services.AddHostedService(s => new StatusPublisher(
            s.GetRequiredService<CorePublisher>(), s.GetService<Func<ServiceStatus>>(), s.GetRequiredService<TimeProvider>(), Logger<StatusPublisher>(s)));
        return services;
    }

    private static ILogger<T> Logger<T>(IServiceProvider services) => services.GetRequiredService<ILogger<T>>();
}
