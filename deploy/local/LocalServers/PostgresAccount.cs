namespace CryptoScreener.LocalServers;

/// <summary>PostgreSQL refuses to run as root: then it runs as the account that its package made.</summary>
internal sealed class PostgresAccount
{
    private const string Account = "postgres";
    private readonly string[] _prefix; // empty when we are an ordinary user ourselves

    private PostgresAccount(string[] prefix) => _prefix = prefix;

    internal IReadOnlyList<string> Run(string program, params IEnumerable<string> arguments) => [.. _prefix, program, .. arguments];

    /// <summary>Gives the folder to that account, if we are root, and says how to run programs as it.</summary>
    internal static async Task<PostgresAccount> OwnerOfAsync(string folder, CancellationToken stop)
    {
        if (!Environment.IsPrivilegedProcess) return new PostgresAccount([]);
        var setpriv = ServerPrograms.Find("setpriv", "util-linux");
        string[] drop = [setpriv, $"--reuid={Account}", $"--regid={Account}", "--init-groups"];
        await GiveAsync(folder, stop);
        if (await Tool.SucceedsAsync([.. drop, "test", "-w", folder], stop)) return new PostgresAccount(drop);

        // The folder lies under one that only root may enter, for instance a clone in /root: pass through it all the same.
        return new PostgresAccount([.. drop, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]);
    }

    /// <summary>A file that the account and nobody else can read.</summary>
    internal async Task WriteSecretAsync(string file, string secret, CancellationToken stop)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(file, options)) await writer.WriteAsync(secret);
        if (_prefix.Length > 0) await GiveAsync(file, stop);
    }

    private static Task GiveAsync(string path, CancellationToken stop) =>
        Tool.RunAsync([ServerPrograms.Find("chown", "coreutils"), $"{Account}:{Account}", path], stop);
}
