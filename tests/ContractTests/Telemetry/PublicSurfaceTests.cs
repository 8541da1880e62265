using System.Reflection;
using CryptoScreener.Testing;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Assemblies => ["OpenTelemetry.Extensions.Hosting", "OpenTelemetry.Exporter.Prometheus.AspNetCore"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_assembly_has_every_signature_that_we_rely_on(string name) =>
        Assert.Empty(Listed(name).Except(PublicSurface.Of(Load(name))));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_stand_in_has_no_public_member_beyond_the_list(string name)
    {
        var assembly = Load(name);
        if (!IsStandIn(assembly)) return;

        Assert.Empty(PublicSurface.Of(assembly).Except(Listed(name)));
    }

    private static Assembly Load(string name) =>
        new[] { typeof(OpenTelemetryBuilder), typeof(PrometheusAspNetCoreOptions) }.Select(type => type.Assembly).Single(assembly => assembly.GetName().Name == name);

    // Our build stamps every assembly of ours; the packages do not carry the stamp.
    private static bool IsStandIn(Assembly assembly) =>
        assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(metadata => metadata.Key == "UpstreamPackages");

    private static string[] Listed(string name) => File.ReadAllLines(Path.Combine(Repository.Root, "tests/ContractTests/Telemetry/surface", $"{name}.txt"));
}
