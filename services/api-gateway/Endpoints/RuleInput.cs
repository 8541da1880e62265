using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>A rule as its author sends it. What the gateway says of a rule may come back with it and does not count.</summary>
internal sealed record RuleInput
{
    private const int MaxName = 100;
    private const int MaxDescription = 2_000;
    private const int MaxEndpoints = 20;

    public string? Name { get; init; }

    public string? Expression { get; init; }

    public string? Description { get; init; }

    public AlertSeverity? Severity { get; init; }

    public TriggerOptions? Trigger { get; init; }

    public RuleUniverse? Universe { get; init; }

    public IReadOnlyList<string>? Endpoints { get; init; }

    public bool? Enabled { get; init; }

    // Read-only: ignored.
    public JsonElement Id { get; init; }

    public JsonElement Version { get; init; }

    public JsonElement RuleType { get; init; }

    public JsonElement Owner { get; init; }

    public JsonElement Health { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("fired_24h")]
    public JsonElement FiredLastDay { get; init; }

    public JsonElement UpdatedAt { get; init; }

    /// <summary>A whole rule: what is absent has its default, not what it had before.</summary>
    public RuleDefinition Define(string id, int version, string ruleType, string? owner) => new()
    {
        Id = id,
        Version = version,
        Name = Name?.Trim() ?? "",
        RuleType = ruleType,
        Expression = Expression ?? "",
        Description = Description ?? "",
        Severity = Severity ?? AlertSeverity.Info,
        Trigger = Trigger ?? new TriggerOptions(),
        Universe = Universe ?? new RuleUniverse(),
        Owner = owner,
        Endpoints = [.. (Endpoints ?? []).Distinct()],
        Enabled = Enabled ?? true,
    };

    /// <summary>What is wrong with it, by field; the same code that will run it has the last word.</summary>
    public Dictionary<string, string[]> Errors(RuleDefinition definition, MetricCatalogue catalogue, IReadOnlySet<string> owned, RuleUniverse? before = null)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MaxName) errors["name"] = [$"must be a text of 1 to {MaxName} characters"];
        if (Description?.Length > MaxDescription) errors["description"] = [$"must have at most {MaxDescription} characters"];
        if (string.IsNullOrWhiteSpace(Expression)) errors["expression"] = ["must be a condition of the rule language"];
        else RuleProblems.Add(errors, RuleCompiler.Compile(definition, catalogue).Errors);
        if (definition.Endpoints.Count > MaxEndpoints) errors["endpoints"] = [$"must name at most {MaxEndpoints}"];
        else if (definition.Endpoints.Any(id => id is null)) errors["endpoints"] = ["must hold texts"];
        else if (definition.Endpoints.FirstOrDefault(id => !owned.Contains(id)) is { } foreign) errors["endpoints"] = [$"names '{foreign}', which is none of yours"];
        UniverseErrors.Add(errors, definition.Universe, before: before);
        return errors;
    }
}
