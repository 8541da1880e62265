using System.Text;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.Hosting.Configuration;

public sealed class AbsentSettingTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void What_is_null_or_empty_leaves_the_default(string nothing)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"Probe":{"Name":{{nothing}},"Names":{{nothing}},"Size":{{nothing}},"Inner":{{nothing}} } }"""));
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(file).Build());
        services.AddScreenerOptions<ProbeOptions>("Probe");
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<ProbeOptions>>().Value;

        Assert.Equal(("plain", "one", 7, "deep"), (options.Name, Assert.Single(options.Names), options.Size, options.Inner.Name));
    }

    internal sealed class ProbeOptions
    {
        public string Name { get; set; } = "plain";

        public string[] Names { get; set; } = ["one"];

        public int Size { get; set; } = 7;

        public InnerOptions Inner { get; set; } = new();
    }

    internal sealed class InnerOptions
    {
        public string Name { get; set; } = "deep";
    }
}
