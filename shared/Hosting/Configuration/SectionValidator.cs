using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Configuration;

/// <summary>Generated validators name the property; whoever mends the setting needs its section too.</summary>
internal sealed class SectionValidator<TOptions>(string section, IValidateOptions<TOptions> inner) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        inner.Validate(name, options) is { Failed: true, Failures: { } failures }
            ? ValidateOptionsResult.Fail(failures.Select(WithSection))
            : ValidateOptionsResult.Success;

    private string WithSection(string failure)
    {
        var property = failure.Split(':')[0];
        return typeof(TOptions).GetProperty(property) is null ? failure : $"{section}:{failure}";
    }
}
