using Microsoft.Extensions.Options;
using Npgsql;

namespace CryptoScreener.Storage;

internal sealed class ConnectionStringCheck : IValidateOptions<StorageOptions>
{
    private const string Example = "write it as Host=…;Username=…;Password=…;Database=…";

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            return string.IsNullOrEmpty(parsed.Host)
                ? ValidateOptionsResult.Fail($"{StorageOptions.Section}:ConnectionString names no host; {Example}.")
                : ValidateOptionsResult.Success;
        }
        catch (ArgumentException e)
        {
            return ValidateOptionsResult.Fail($"{StorageOptions.Section}:ConnectionString is not one ({e.Message}); {Example}.");
        }
    }
}
