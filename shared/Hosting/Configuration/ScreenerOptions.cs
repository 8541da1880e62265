using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Configuration;

public static class ScreenerOptions
{
    /// <summary>
    /// Options bound to a section and checked before the worker starts. What cannot be converted, every validator's complaints
    /// and those of all other options are reported together.
    /// </summary>
    public static OptionsBuilder<TOptions> AddScreenerOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton<IOptionsChangeTokenSource<TOptions>>(provider =>
            new ConfigurationChangeTokenSource<TOptions>(Options.DefaultName, provider.GetRequiredService<IConfiguration>().GetSection(section)));
        services.AddSingleton<IValidateOptions<TOptions>>(provider =>
            new ConvertibleSettings<TOptions>(provider.GetRequiredService<IConfiguration>().GetSection(section)));

        return services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => BindConvertible(options, configuration.GetSection(section)))
            .ValidateOnStart();
    }

    /// <inheritdoc cref="AddScreenerOptions{TOptions}"/>
    public static OptionsBuilder<TOptions> AddScreenerOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>>(provider =>
            new SectionValidator<TOptions>(section, ActivatorUtilities.CreateInstance<TValidator>(provider)));
        return services.AddScreenerOptions<TOptions>(section);
    }

    // The binder stops at the first value it cannot convert; ConvertibleSettings reports them all instead.
    private static void BindConvertible<TOptions>(TOptions options, IConfigurationSection section)
    {
        if (SettingErrors.Of(section, typeof(TOptions)).Count == 0) section.Bind(options);
    }
}
