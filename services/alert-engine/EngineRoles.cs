using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CryptoScreener.AlertEngine;

/// <summary>What this process does: <c>--role=evaluate</c>, <c>record</c>, <c>deliver</c>, several with commas; all without.</summary>
[Flags]
internal enum EngineRoles
{
    None = 0,
    Evaluate = 1,
    Record = 2,
    Deliver = 4,
    All = Evaluate | Record | Deliver,
}

internal static class EngineRoleNames
{
    /// <summary>Alerts fire without the database; recording and delivering live from it.</summary>
    public static HealthStatus WithoutDatabase(this EngineRoles roles) => roles.HasFlag(EngineRoles.Evaluate) ? HealthStatus.Degraded : HealthStatus.Unhealthy;

    public static bool TryParse(string? text, out EngineRoles roles, out string error)
    {
        (roles, error) = (text is null ? EngineRoles.All : EngineRoles.None, "");
        foreach (var name in text?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (One(name) is not { } role)
            {
                error = $"--role={text}: '{name}' is none; there are evaluate, record, deliver and all, several with commas.";
                return false;
            }

            roles |= role;
        }

        return true;
    }

    private static EngineRoles? One(string name) => name switch
    {
        "evaluate" => EngineRoles.Evaluate,
        "record" => EngineRoles.Record,
        "deliver" => EngineRoles.Deliver,
        "all" => EngineRoles.All,
        _ => null,
    };
}
