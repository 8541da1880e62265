using CryptoScreener.AlertEngine;

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
    [InlineData("deliverr")]
    [InlineData("")]
    [InlineData("record,")]
    public void An_unknown_role_is_told_with_those_there_are(string text)
    {
        Assert.False(EngineRoleNames.TryParse(text, out _, out var error));
        Assert.Contains("evaluate, record, deliver", error, StringComparison.Ordinal);
    }
}
