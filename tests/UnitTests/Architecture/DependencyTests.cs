namespace CryptoScreener.UnitTests.Architecture;

public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Indicators"] = ["Contracts"],
        ["Calculation"] = ["Contracts", "Indicators"],
        ["Rules"] = ["Contracts"],
        ["Messaging"] = ["Contracts"],
        ["Storage"] = ["Contracts"],
        ["Hosting"] = ["Contracts"],
        ["DataCollector"] = ["Contracts", "Messaging", "Storage", "Hosting"],
        ["MetricsCalculator"] = ["Contracts", "Messaging", "Storage", "Hosting", "Indicators", "Calculation"],
        ["AlertEngine"] = ["Contracts", "Messaging", "Storage", "Hosting", "Rules", "Calculation"],
        ["ApiGateway"] = ["Contracts", "Messaging", "Storage", "Hosting", "Rules", "Indicators"],
        ["ExchangeSimulator"] = [],
        ["LocalServers"] = [],
        ["Launcher"] = ["LocalServers"],
        ["Backup"] = ["Messaging", "Storage"],
    };

    public static TheoryData<string> Shipped => [.. ProjectGraph.All.Values
        .Where(p => !p.Folder.StartsWith("tests/", StringComparison.Ordinal) && !IsStandIn(p))
        .Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_project_references_only_what_the_architecture_allows(string name)
    {
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} is new: say here what it may reference");
        var extra = ProjectGraph.All[name].Projects.Except(allowed).Order();
        Assert.Empty(extra);
    }

    [Theory]
    [InlineData("Contracts")]
    [InlineData("Indicators")]
    [InlineData("Calculation")]
    [InlineData("Rules")]
    public void A_pure_project_has_no_packages_and_no_framework_but_the_base_library(string name)
    {
        Assert.Empty(ProjectGraph.All[name].Packages);
        Assert.Empty(ProjectGraph.All[name].Frameworks);
    }

    [Theory]
    [InlineData("NATS.", "Messaging")]
    [InlineData("OpenTelemetry", "Hosting")]
    [InlineData("Serilog", "Hosting")]
    [InlineData("Npgsql", "Storage")]
    [InlineData("StackExchange.Redis", "Storage")]
    public void A_client_library_has_one_home(string prefix, string home)
    {
        var users = ProjectGraph.All.Values
            .Where(p => !IsStandIn(p) && !p.Folder.StartsWith("tests/", StringComparison.Ordinal))
            .Where(p => p.Packages.Any(package => package.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(p => p.Name);
        Assert.Equal([home], users);
    }

    [Fact]
    public void No_service_references_another_service()
    {
        var services = ProjectGraph.All.Values.Where(p => p.Folder.StartsWith("services/", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, services.Count);
        Assert.All(services, s => Assert.Empty(s.Projects.Intersect(services.Select(other => other.Name))));
    }

    [Fact]
    public void Server_launching_is_used_by_the_local_launcher_and_the_tests_only()
    {
        var users = ProjectGraph.All.Values
            .Where(p => p.Projects.Contains("LocalServers") && !p.Folder.StartsWith("tests/", StringComparison.Ordinal))
            .Select(p => p.Name);
        Assert.Equal(["Launcher"], users);
    }

    private static bool IsStandIn(Project project) => project.Folder.StartsWith("shared/standins/", StringComparison.Ordinal);
}
