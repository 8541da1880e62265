using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using CryptoScreener.Hosting.Logging;
using Microsoft.Extensions.Configuration;

namespace CryptoScreener.Hosting.Configuration;

/// <summary>A value that its property's type cannot hold, in words for whoever wrote it.</summary>
internal readonly record struct SettingError(string Path, string Message);

internal static class SettingErrors
{
    public static List<SettingError> Of(IConfigurationSection section, Type type)
    {
        var errors = new List<SettingError>();
        Check(section, type, errors);
        return errors;
    }

    private static void Check(IConfigurationSection setting, Type type, List<SettingError> errors)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!setting.Exists()) return;

        if (type != typeof(string) && ElementType(type) is { } element)
        {
            foreach (var child in setting.GetChildren()) Check(child, element, errors);
        }
        else if (TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string)))
        {
            CheckIsSingle(setting, errors);
            if (!string.IsNullOrEmpty(setting.Value) && !Converts(converter, setting.Value))
                errors.Add(new(setting.Path, $"{setting.Path} = {Shown(setting)} is not {Wanted(type)}."));
        }
        else
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetIndexParameters().Length == 0) Check(setting.GetSection(property.Name), property.PropertyType, errors);
            }
        }
    }

    // A colon too many in a name, or braces around a value.
    private static void CheckIsSingle(IConfigurationSection setting, List<SettingError> errors) => errors.AddRange(
        setting.AsEnumerable().Where(below => below.Key != setting.Path && below.Value is { Length: > 0 })
            .Select(below => new SettingError(below.Key, $"{below.Key} is set, but {setting.Path} takes a single value.")));

    private static Type? ElementType(Type type)
    {
        var contracts = type.GetInterfaces().Append(type).Where(contract => contract.IsGenericType).ToList();
        return Argument(typeof(IDictionary<,>), 1) ?? Argument(typeof(IReadOnlyDictionary<,>), 1) ?? Argument(typeof(IEnumerable<>), 0);

        Type? Argument(Type generic, int index) =>
            contracts.Find(contract => contract.GetGenericTypeDefinition() == generic)?.GetGenericArguments()[index];
    }

    private static bool Converts(TypeConverter converter, string value)
    {
        try
        {
            converter.ConvertFromString(null, CultureInfo.InvariantCulture, value);
            return true;
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Shown(IConfigurationSection setting) => Secrets.IsSecretName(setting.Key) ? Secrets.Mask : $"'{setting.Value}'";

    private static string Wanted(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a duration such as 00:00:30",
        _ when type == typeof(Uri) => "an address",
        _ when type == typeof(double) || type == typeof(float) || type == typeof(decimal) => "a number",
        _ when type.IsPrimitive => "a whole number in range",
        _ => $"a {type.Name}",
    };
}
