using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Secrets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;

namespace CryptoScreener.Storage;

/// <summary>What attributes cannot say. All that is wrong is said at once.</summary>
internal sealed class StorageOptionsCrossCheck : IValidateOptions<StorageOptions>
{
    private const string Example = "write it as Host=…;Username=…;Password=…;Database=…";

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        // A settings file may say null wherever it may say a text.
        string?[] all =
        [
            ErrorOfConnectionString(options), ErrorOfRedis(options.Redis ?? ""), ErrorOfTimeframes(options.RollUpTimeframes ?? ""),
            .. (options.SecretKeys ?? []).Select(key => SecretBox.ErrorOf(key ?? "")),
        ];
        var errors = all.OfType<string>().ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string? ErrorOfConnectionString(StorageOptions options)
    {
        var text = options.ConnectionString;
        try
        {
            if (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host)) return $"{StorageOptions.Section}:ConnectionString names no host; {Example}.";
            // Some parts exclude each other, which shows when connections are to be made of them.
            var pool = Math.Clamp(options.MaxPoolSize, StorageOptions.FewestConnections, StorageOptions.MostConnections);
            DataSource.Create(new StorageOptions { ConnectionString = text, MaxPoolSize = pool }, NullLoggerFactory.Instance).Dispose();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or FormatException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            return $"{StorageOptions.Section}:ConnectionString is not one ({e.Message}); {Example}.";
        }
    }

    // What the client complains of may be a part of a password.
    private static string? ErrorOfRedis(string text)
    {
        try
        {
            if (text.Length == 0 || ConfigurationOptions.Parse(text).EndPoints.Count > 0) return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // said below
        }

        return $"{StorageOptions.Section}:Redis is no address; write it as host:6379 or host:6379,password=…, or leave it empty.";
    }

    private static string? ErrorOfTimeframes(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(IsWrong) is { } wrong
            ? $"{StorageOptions.Section}:RollUpTimeframes holds '{wrong}'; write timeframes above 1m with commas, for instance 5m,1h,1d."
            : null;

    private static bool IsWrong(string text) => !Timeframe.TryParse(text, out var timeframe) || timeframe <= Timeframe.OneMinute;
}
