using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>Settings that become those of one file after the other.</summary>
internal sealed class SwappedSettings : ConfigurationProvider
{
    /// <summary>The reader of JSON files is the framework's; what it refuses never reaches us.</summary>
    public bool TryBecome(byte[] file)
    {
        try
        {
            using var stream = new MemoryStream(file);
            Become([.. new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable()]);
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidDataException or InvalidOperationException)
        {
            return false;
        }
    }

    // What has others below it has no value of its own; where nothing is below, somebody wrote null.
    private void Become(IReadOnlyList<KeyValuePair<string, string?>> values)
    {
        var parents = values.Select(value => ConfigurationPath.GetParentPath(value.Key)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        Data = values.Where(value => value.Value is not null || !parents.Contains(value.Key)).ToDictionary(value => value.Key, value => value.Value, StringComparer.OrdinalIgnoreCase);
    }
}
