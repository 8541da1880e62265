using CryptoScreener.Storage;
using Microsoft.Extensions.Options;

namespace CryptoScreener.IntegrationTests.Storage.Schema;

public sealed class OptionsTests
{
    [Fact]
    public async Task Everything_that_is_wrong_with_the_options_is_said_at_once()
    {
        await using var storage = new TestStorage("Host=", ("MaxPoolSize", "1"), ("CommandTimeoutSeconds", "0"));
        var error = Assert.Throws<OptionsValidationException>(() => storage.Get<IOptions<StorageOptions>>().Value);
        Assert.Contains("MaxPoolSize", error.Message, StringComparison.Ordinal);
        Assert.Contains("CommandTimeoutSeconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString names no host", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_refused_with_an_example()
    {
        await using var storage = new TestStorage("postgres://somewhere");
        var error = Assert.Throws<OptionsValidationException>(() => storage.Get<IOptions<StorageOptions>>().Value);
        Assert.Contains("Host=…;Username=…", error.Message, StringComparison.Ordinal);
    }
}
