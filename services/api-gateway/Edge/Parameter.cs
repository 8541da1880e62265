using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Endpoints;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>A query parameter, declared once: the reference shows it and requests are checked against it.</summary>
internal abstract record Parameter(string Name, string Description, string Expected, string JsonType)
{
    public IReadOnlyList<string> Choices { get; init; } = [];

    public static Parameter<string?> Text(string name, string description, int maxLength = 512) =>
        new(name, description, $"a text of at most {maxLength} characters", "string", null, (text, out value) => (value = text).Length <= maxLength);

    public static Parameter<int> Whole(string name, int min, int max, int unlessGiven, string description) =>
        new(name, $"{description} {min} to {max}, {unlessGiven} when absent.", $"a whole number from {min} to {max}", "integer", unlessGiven,
            (text, out value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    /// <summary>In unix ms.</summary>
    public static Parameter<long?> Time(string name, string description) =>
        new(name, $"{description} ISO 8601 or unix milliseconds.", "a time, for instance 2026-01-31T12:00:00Z or 1769860800000", "string", null,
            (text, out value) =>
            {
                var isTime = ApiTime.TryParse(text, out var unixMs);
                value = unixMs;
                return isTime;
            });

    public static Parameter<bool?> Flag(string name, string description) =>
        new(name, description, "true or false", "boolean", null, (text, out value) =>
        {
            value = text == "true";
            return text is "true" or "false";
        });

    public static Parameter<string?> Choice(string name, string description, params IReadOnlyList<string> choices) =>
        new(name, description, $"one of {string.Join(", ", choices)}", "string", null, (text, out value) => choices.Contains(value = text, StringComparer.Ordinal))
        {
            Choices = choices,
        };

    /// <summary>One of an enumeration's values, by the names that answers have for them.</summary>
    public static Parameter<T?> OneOf<T>(string name, string description)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>().ToDictionary(value => JsonSerializer.SerializeToElement(value, ApiJson.Options).GetString()!);
        return new(name, description, $"one of {string.Join(", ", values.Keys)}", "string", null, (text, out value) =>
        {
            var isOne = values.TryGetValue(text, out var found);
            value = found;
            return isOne;
        })
        {
            Choices = [.. values.Keys],
        };
    }
}

internal delegate bool ParseParameter<T>(string text, out T value);

internal sealed record Parameter<T>(string Name, string Description, string Expected, string JsonType, T UnlessGiven, ParseParameter<T> Parse)
    : Parameter(Name, Description, Expected, JsonType);

/// <summary>The query parameters of a route; others are refused, because a misspelt filter would show everything.</summary>
internal sealed record QueryOf(IReadOnlyList<Parameter> Parameters);

internal static class ParameterRoutes
{
    public static T Takes<T>(this T route, params IReadOnlyList<Parameter> parameters)
        where T : IEndpointConventionBuilder => route.WithMetadata(new QueryOf(parameters));
}
