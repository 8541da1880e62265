using System.Text.Json.Serialization;

namespace CryptoScreener.Rules.Language;

/// <summary>On the wire (the API repeats it): values are explicit and append-only.</summary>
public enum RuleErrorCode : byte
{
    /// <summary>The text is not of the language.</summary>
    [JsonStringEnumMemberName("syntax")] Syntax = 0,

    /// <summary>No metric or function has this name.</summary>
    [JsonStringEnumMemberName("unknown_name")] UnknownName = 1,

    /// <summary>The name is known, its arguments are not what it takes.</summary>
    [JsonStringEnumMemberName("arguments")] Arguments = 2,

    /// <summary>A number where a condition belongs, or the other way round.</summary>
    [JsonStringEnumMemberName("type")] Type = 3,

    /// <summary>It means nothing, for instance a comparison of two constants.</summary>
    [JsonStringEnumMemberName("meaningless")] Meaningless = 4,

    /// <summary>Too long, too many parts or nested too deep.</summary>
    [JsonStringEnumMemberName("limit")] Limit = 5,

    /// <summary>A setting of the rule other than its expression.</summary>
    [JsonStringEnumMemberName("setting")] Setting = 6,
}
