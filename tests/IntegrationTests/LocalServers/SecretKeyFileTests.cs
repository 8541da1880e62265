using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Secrets;

namespace CryptoScreener.IntegrationTests.LocalServers;

public sealed class SecretKeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("screener-key-");

    private string File => Path.Combine(_folder.FullName, "secret-key");

    [Fact]
    public void A_key_is_made_once_for_its_owner_alone_and_seals_secrets()
    {
        var key = SecretKeyFile.ReadOrMake(File);

        Assert.Null(SecretBox.ErrorOf(key));
        Assert.Equal(key, SecretKeyFile.ReadOrMake(File));
        Assert.Equal(["secret-key"], _folder.GetFiles().Select(file => file.Name));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void What_is_there_is_never_replaced_even_when_it_is_no_key()
    {
        System.IO.File.WriteAllText(File, "somebody's\n");

        Assert.Equal("somebody's", SecretKeyFile.ReadOrMake(File));
        Assert.Equal("somebody's\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_run_that_ended_while_it_made_the_key_does_not_hinder_the_next()
    {
        System.IO.File.WriteAllText($"{File}.new", "loc");

        Assert.Null(SecretBox.ErrorOf(SecretKeyFile.ReadOrMake(File)));
        Assert.Equal(["secret-key"], _folder.GetFiles().Select(file => file.Name));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
