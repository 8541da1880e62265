using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>What the rule language says is wrong, as the API's errors say it.</summary>
internal static class RuleProblems
{
    public static ApiProblem OfParameter(string name, IEnumerable<RuleError> errors) =>
        Problem.BadParameters(new Dictionary<string, string[]> { [name] = [.. errors.Select(error => error.ToString())] });

    public static void Add(Dictionary<string, string[]> to, IEnumerable<RuleError> errors)
    {
        foreach (var ofField in errors.GroupBy(error => error.Field)) to[ofField.Key] = [.. ofField.Select(error => error.ToString())];
    }
}
