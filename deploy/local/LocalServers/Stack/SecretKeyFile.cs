using System.Security.Cryptography;

namespace CryptoScreener.LocalServers.Stack;

/// <summary>
/// The key under which the secrets of endpoints are sealed, as <c>Storage:SecretKeys</c> has it. Made once and never again: with another
/// one, what the database holds could not be opened.
/// </summary>
internal static class SecretKeyFile
{
    private const int KeyBytes = 32;

    internal static string ReadOrMake(string file)
    {
        if (!File.Exists(file)) Make(file);
        return File.ReadAllText(file).Trim();
    }

    // Written whole under another name first: a run that ends in between leaves no half of a key.
    private static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var unfinished = $"{file}.new";
        File.Delete(unfinished); // one that is there would keep its own permissions
        using (var writer = new StreamWriter(unfinished, options)) writer.WriteLine($"local:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))}");
        File.Move(unfinished, file);
    }
}
