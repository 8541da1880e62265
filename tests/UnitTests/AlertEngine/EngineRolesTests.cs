using CryptoScreener.AlertEngine;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class EngineRolesTests
{
    [Theory]
    [InlineData(null, (int)EngineRoles.All)]
    [InlineData("all", (int)EngineRoles.All)]
    [InlineData("deliver", (int)EngineRoles.Deliver)]
    [InlineData("evaluate, record", (int)(EngineRoles.Evaluate | EngineRoles.Record))]
    public void A_process_takes_the_roles_it_is_given(string? text, int expected)
    {
        Assert.True(EngineRoleNames.TryParse(text, out var roles, out _));
        Assert.Equal(expected, (int)roles);
    }

    [Theory]
    [InlineData("all", HealthStatus.Degraded)]
    [InlineData("evaluate", HealthStatus.Degraded)]
    [InlineData("record,deliver", HealthStatus.Unhealthy)]
    public void Only_who_evaluates_is_of_use_without_the_database(string text, HealthStatus expected)
    {
        Assert.True(EngineRoleNames.TryParse(text, out var roles, out _));
        Assert.Equal(expected, roles.WithoutDatabase());
    }

    [Theory]
    [InlineData("deliverr")]
    [InlineData("")]
    [InlineData("record,")]
    public void An_unknown_role_is_told_with_those_there_are(string text)
    {
        Assert.False(EngineRoleNames.TryParse(text, out _, out var error));
        Assert.Contains("evaluate, record, deliver", error, StringComparison.Ordinal);
    }
}
