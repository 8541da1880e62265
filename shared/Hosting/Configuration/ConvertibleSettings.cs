using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Configuration;

internal sealed class ConvertibleSettings<TOptions>(IConfigurationSection section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        SettingErrors.Of(section, typeof(TOptions)) is { Count: > 0 } errors
            ? ValidateOptionsResult.Fail(errors.Select(error => error.Message))
            : ValidateOptionsResult.Success;
}
