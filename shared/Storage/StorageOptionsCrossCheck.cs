using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Secrets;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CryptoScreener.Storage;

/// <summary>What attributes cannot say. All that is wrong is said at once.</summary>
internal sealed class StorageOptionsCrossCheck : IValidateOptions<StorageOptions>
{
    private const string Example = "write it as Host=…;Username=…;Password=…;Database=…";

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        string?[] all =
        [
            ErrorOfConnectionString(options.ConnectionString), ErrorOfTimeframes(options.RollUpTimeframes), .. options.SecretKeys.Select(SecretBox.ErrorOf),
        ];
        var errors = all.OfType<string>().ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string? ErrorOfConnectionString(string text)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host)
                ? $"{StorageOptions.Section}:ConnectionString names no host; {Example}."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or FormatException)
        {
            return $"{StorageOptions.Section}:ConnectionString is not one ({e.Message}); {Example}.";
        }
    }

    private static string? ErrorOfTimeframes(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(IsWrong) is { } wrong
            ? $"{StorageOptions.Section}:RollUpTimeframes holds '{wrong}'; write timeframes above 1m with commas, for instance 5m,1h,1d."
            : null;

    private static bool IsWrong(string text) => !Timeframe.TryParse(text, out var timeframe) || timeframe <= Timeframe.OneMinute;
}
