using CryptoScreener.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Operations;

internal static class OperationsSetup
{
    private const string Gateway = "api-gateway";

    public static void AddOperations(this IHostApplicationBuilder builder, string service)
    {
        var port = DefaultPort(service);
        // The service's own defaults come first, so that whatever is configured overrides them.
        builder.Services.Configure<HostingOptions>(options =>
        {
            options.MetricsPort = port;
            options.ApiPort = 8080;
        });
        builder.Services.AddScreenerOptions<HostingOptions, HostingOptionsValidator>(HostingOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<HostingOptions>, BindAddressCheck>();
        builder.Services.AddSingleton<IValidateOptions<HostingOptions>, PlaceholderSecrets>();
        builder.Services.AddSingleton<OperationsServer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<OperationsServer>());

        if (builder is WebApplicationBuilder web) AddApi(web, service);
    }

    private static void AddApi(WebApplicationBuilder builder, string service)
    {
        if (service == Gateway)
        {
            // Container images set this variable; Kestrel would warn at every start that we listen elsewhere.
            builder.WebHost.UseSetting(WebHostDefaults.HttpPortsKey, "");
            builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<HostingOptions>>((kestrel, hosting) =>
            {
                try
                {
                    kestrel.ListenOn(hosting.Value.BindAddress, hosting.Value.ApiPort);
                }
                catch (OptionsValidationException)
                {
                    // Read while the host is built; the start tells all that is wrong with the settings, this included.
                }
            });
        }
        else
        {
            builder.Services.AddSingleton<IServer, NoServer>();
        }
    }

    private static int DefaultPort(string service) => service switch
    {
        "data-collector" => 9090,
        "metrics-calculator" => 9091,
        "alert-engine" => 9092,
        Gateway => 9093,
        _ => throw new ArgumentException($"'{service}' has no metrics port; add it to {nameof(OperationsSetup)} and to the scrape configuration."),
    };
}
