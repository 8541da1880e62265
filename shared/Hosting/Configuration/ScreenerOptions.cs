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
        var options = services.AddScreenerOptions<TOptions>(section);
        services.AddSingleton<IValidateOptions<TOptions>>(provider =>
            new SectionValidator<TOptions>(section, ActivatorUtilities.CreateInstance<TValidator>(provider)));
        return options;
    }

    /// <summary>
    /// For what is built before the settings are checked, such as the log that has to report them: wrong settings count as
    /// absent here, since the start is about to fail for them.
    /// </summary>
    internal static TOptions ValidOrDefault<TOptions>(this IServiceProvider services)
        where TOptions : class, new()
    {
        try
        {
            return services.GetRequiredService<IOptions<TOptions>>().Value;
        }
        catch (OptionsValidationException)
        {
            return new();
        }
    }

    // The binder stops at the first value it cannot convert. It gets the others, so that their validators have their say too;
    // ConvertibleSettings reports those. An empty value is an absent one: Compose passes variables that nobody has set. So is a null.
    private static void BindConvertible<TOptions>(TOptions options, IConfigurationSection section)
    {
        var wrong = SettingErrors.Of(section, typeof(TOptions)).Select(error => error.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var right = section.AsEnumerable().Where(setting => setting.Value is { Length: > 0 } && !wrong.Contains(setting.Key));
        new ConfigurationBuilder().AddInMemoryCollection(right).Build().GetSection(section.Path).Bind(options);
    }
}
