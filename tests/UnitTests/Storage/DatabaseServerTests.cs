using CryptoScreener.Storage.Connections;

namespace CryptoScreener.UnitTests.Storage;

public sealed class DatabaseServerTests
{
    [Theory]
    [InlineData("17.6", null, null, "PostgreSQL 17.6", false)]
    [InlineData("17.6", null, "timescale", "PostgreSQL 17.6", false)] // the library is loaded, the database was made without the extension
    [InlineData("17.6", "2.19.3", "apache", "PostgreSQL 17.6 with TimescaleDB 2.19.3 (Apache)", false)]
    [InlineData("17.6", "2.19.3", "timescale", "PostgreSQL 17.6 with TimescaleDB 2.19.3 (Community)", true)]
    public void Edition_and_version_are_told_apart(string postgres, string? timescale, string? license, string text, bool isCommunity)
    {
        var server = new DatabaseServer(postgres, timescale, license);
        Assert.Equal(text, server.ToString());
        Assert.Equal(isCommunity, server.IsCommunity);
    }
}
